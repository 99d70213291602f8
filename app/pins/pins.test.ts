import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { publish, stored } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  omar = await createPerson({ username: "omar" });
});

beforeEach(async () => {
  await db.rateLimit.deleteMany();
  await db.post.deleteMany();
});

const pin = (id: number, on = "true", { cookie } = mina) => send(`/p/${id}/pin`, { cookie, form: { on } });
const pinnedCount = () => db.post.count({ where: { pinnedAt: { not: null } } });
const idsOn = (html: string) =>
  [...html.matchAll(/<article[^>]*data-post-id="(\d+)"/g)].map((match) => Number(match[1]));

async function publishMany(count: number): Promise<number[]> {
  const rows = await db.post.createManyAndReturn({
    data: Array.from({ length: count }, (_, index) => ({
      authorId: mina.id,
      status: "published" as const,
      title: `Post number ${index}`,
      body: "text",
      bodyHtml: "<p>text</p>",
      excerpt: "text",
      publishedAt: new Date(Date.UTC(2026, 0, 1 + index)),
    })),
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

test("what its author pinned stands first on the profile, once, and on the first page only", async () => {
  const ids = await publishMany(40);
  const [oldest = 0, second = 0] = ids;
  expect((await pin(oldest)).headers.get("location")).toBe("/u/mina");
  await pin(second);
  const first = await send("/u/mina");
  expect(first.body).toContain(">Pinned<");
  expect(first.body).not.toContain("Unpin");
  expect(idsOn(first.body).slice(0, 3)).toEqual([second, oldest, ids.at(-1)]);
  expect(first.statements.length).toBe(2);
  const next = /href="(\/u\/mina\?after=[^"]+)"/.exec(first.body)?.[1] ?? "";
  const older = await send(next);
  expect(older.body).not.toContain(">Pinned<");
  const met = [...idsOn(first.body), ...idsOn(older.body)];
  expect(met.sort((a, b) => a - b)).toEqual(ids);
  const member = await send("/u/mina", { cookie: mina.cookie });
  expect(member.statements.length).toBe(3);
  expect(member.body).toContain("Unpin");
});

test("three posts have room, also when many are pinned at once; one that is taken down makes room", async () => {
  const ids = await publishMany(6);
  const answers = await Promise.all(ids.map((id) => pin(id)));
  expect(answers.filter((answer) => answer.headers.get("location") === "/u/mina")).toHaveLength(3);
  expect(answers.filter((answer) => answer.headers.get("location") === "/u/mina?pins=full")).toHaveLength(3);
  expect(await pinnedCount()).toBe(3);
  const full = await send("/u/mina?pins=full", { cookie: mina.cookie });
  expect(full.body).toContain("You have pinned 3 posts");
  expect((await send("/u/mina?pins=full")).body).not.toContain("You have pinned");
  const [pinned] = await db.post.findMany({ where: { pinnedAt: { not: null } } });
  const [free] = await db.post.findMany({ where: { pinnedAt: null } });
  await pin(pinned?.id ?? 0, "false");
  expect((await pin(free?.id ?? 0)).headers.get("location")).toBe("/u/mina");
  // What is gone takes no room.
  await db.post.updateMany({ where: { pinnedAt: { not: null } }, data: { deletedAt: new Date() } });
  const [another] = await publishMany(1);
  expect((await pin(another ?? 0)).headers.get("location")).toBe("/u/mina");
});

test("pinning is no change of the post, and pinning twice is pinning once", async () => {
  const id = await publish(mina);
  const before = await stored(id);
  await pin(id);
  const { pinnedAt } = await stored(id);
  await pin(id);
  expect(await stored(id)).toEqual({ ...before, pinnedAt });
  await pin(id, "false");
  await pin(id, "false");
  expect(await stored(id)).toEqual(before);
});

test("only one's own published posts are pinned", async () => {
  const id = await publish(mina);
  expect((await pin(id, "true", omar)).status).toBe(404);
  expect((await send(`/p/${id}/pin`, { form: { on: "true" } })).status).toBe(401);
  for (const on of ["", "1", "yes"]) expect((await pin(id, on)).status).toBe(400);
  for (const gone of [{ deletedAt: new Date() }, { deletedAt: null, removedAt: new Date() }]) {
    await db.post.update({ where: { id }, data: gone });
    expect((await pin(id)).status).toBe(404);
  }
  const [draft] = await db.post.createManyAndReturn({
    data: { authorId: mina.id, title: "", body: "x", bodyHtml: "", excerpt: "" },
  });
  expect((await pin(draft?.id ?? 0)).status).toBe(404);
  expect((await pin(0)).status).toBe(404);
  expect(await pinnedCount()).toBe(0);
});
