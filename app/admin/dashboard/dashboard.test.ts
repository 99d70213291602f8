import { beforeAll, expect, test } from "vitest";
import { countDays } from "#app/admin/dashboard/figures.server.ts";
import { bytesInWords } from "#app/admin/dashboard/figures.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let iris: Person;
let omar: Person;

beforeAll(async () => {
  iris = await createPerson({ username: "iris", role: "admin" });
  omar = await createPerson({ username: "omar", role: "moderator" });
  const texts = { title: "A post", body: "Words", bodyHtml: "<p>Words</p>", excerpt: "Words", tags: [] };
  const at = (days: number) => new Date(Date.now() - days * 86_400_000);
  const post = { ...texts, authorId: iris.id, status: "published" } as const;
  await db.post.createMany({ data: [0, 0, 3].map((days) => ({ ...post, publishedAt: at(days) })) });
  await db.post.create({ data: { ...post, publishedAt: at(0), removedAt: at(0) } });
});

test("the days are counted, again without counting twice, and shown as pictures with their numbers beside", async () => {
  await countDays();
  await countDays();
  const rows = await db.dailyFigures.findMany({ orderBy: { day: "desc" } });
  expect(rows).toHaveLength(30);
  expect(rows[0]).toMatchObject({ posts: 2, signUps: 2, activePeople: 2 });
  expect(rows[3]).toMatchObject({ posts: 1, activePeople: null });
  const { body, statements } = await send("/admin", { cookie: iris.cookie });
  expect(statements).toHaveLength(6);
  expect(body.match(/<svg[^>]*role="img"/g)).toHaveLength(5);
  expect(body).toContain("2 posts today, 3 in 30 days, at most 2 a day");
  expect(body.match(/<td class="number">not counted<\/td>/g)).toHaveLength(29);
  expect(body).toContain("send-mail");
});

test("what is held counts among what waits until it is deleted, as on the page of what is held", async () => {
  const post = await db.post.findFirstOrThrow({ select: { id: true } });
  const now = new Date();
  const held = async () => {
    const { body } = await send("/admin", { cookie: omar.cookie });
    return /held for a look<\/dt><dd>(\d+)/.exec(body)?.[1];
  };
  await db.post.update({ where: post, data: { heldAt: now, removedAt: now } });
  expect(await held()).toBe("1");
  await db.post.update({ where: post, data: { deletedAt: now } });
  expect(await held()).toBe("0");
});

test("a moderator sees what waits, and nothing of jobs, storage and limits", async () => {
  const { body } = await send("/admin", { cookie: omar.cookie });
  expect(body).toContain("Waits for moderators");
  expect(body).not.toMatch(/send-mail|id="storage"|Limits reached/);
});

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1400, "1.4 kB"],
  [25_000_000, "25 MB"],
  [3_200_000_000_000_000, "3200 TB"],
])("%d bytes are %s", (bytes, words) => expect(bytesInWords(bytes)).toBe(words));
