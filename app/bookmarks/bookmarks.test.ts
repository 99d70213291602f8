import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { createPost } from "#app/comments/test-comments.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina" });
  omar = await createPerson({ username: "omar", name: "Omar" });
});

function keep(person: Person, postId: number | string, on: string) {
  return send(`/p/${postId}/bookmark`, { cookie: person.cookie, form: { on }, headers: { Accept: "text/html" } });
}

function idsOn(html: string): number[] {
  return [...html.matchAll(/<article[^>]*data-post-id="(\d+)"/g)].map(([, id]) => Number(id));
}

test("an empty list of bookmarks says what will be here", async () => {
  const page = await send("/bookmarks", { cookie: omar.cookie });
  expect(page.status).toBe(200);
  expect(page.body).toContain("You have not kept anything yet");
});

test("Omar keeps a post, twice is once, finds it again, and lets it go", async () => {
  const postId = await createPost(mina);
  for (const on of ["true", "true"]) {
    const answer = await keep(omar, postId, on);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(`/p/${postId}/on-benches`);
  }
  await Promise.all(Array.from({ length: 20 }, () => keep(omar, postId, "true")));
  expect(await db.bookmark.count({ where: { postId } })).toBe(1);
  const page = await send("/bookmarks", { cookie: omar.cookie });
  expect(page.statements).toHaveLength(2);
  expect(idsOn(page.body)).toEqual([postId]);
  expect(page.body).toContain("Bookmarked");
  expect((await send(`/p/${postId}/on-benches`, { cookie: omar.cookie })).body).toMatch(
    /action="\/p\/\d+\/bookmark"[\s\S]*?aria-pressed="true"/,
  );
  for (const on of ["false", "false"]) await keep(omar, postId, on);
  expect(idsOn((await send("/bookmarks", { cookie: omar.cookie })).body)).toEqual([]);
});

test("what one keeps is nobody else's to see, and nobody is told", async () => {
  const postId = await createPost(mina);
  await keep(omar, postId, "true");
  for (const cookie of [undefined, mina.cookie]) {
    for (const path of ["/", `/p/${postId}/on-benches`, "/u/omar"]) {
      expect((await send(path, { cookie })).body, path).not.toContain("Bookmarked");
    }
  }
  expect(idsOn((await send("/bookmarks", { cookie: mina.cookie })).body)).toEqual([]);
  expect((await send("/bookmarks")).status).toBe(401);
  expect(await db.notification.count()).toBe(0);
});

test("what is gone, and what somebody wrote whom one muted, leaves the list", async () => {
  const bela = await createPerson({ username: "bela" });
  const posts = await Promise.all(Array.from({ length: 3 }, () => createPost(mina)));
  const [removed = 0, deleted = 0, kept = 0] = posts;
  for (const id of posts) await keep(bela, id, "true");
  await db.post.update({ where: { id: removed }, data: { removedAt: new Date() } });
  await db.post.update({ where: { id: deleted }, data: { deletedAt: new Date() } });
  const list = async () => idsOn((await send("/bookmarks", { cookie: bela.cookie })).body);
  expect(await list()).toEqual([kept]);
  await db.mute.create({ data: { muterId: bela.id, mutedId: mina.id } });
  expect(await list()).toEqual([]);
});

test("walking the bookmarks meets each once, the latest kept first", async () => {
  const kassia = await createPerson({ username: "kassia" });
  const start = Date.UTC(2026, 0, 1);
  const ids: number[] = [];
  for (let index = 0; index < 60; index++) {
    const postId = await createPost(mina);
    ids.unshift(postId);
    const createdAt = new Date(start + Math.floor(index / 4) * 1000);
    await db.bookmark.create({ data: { userId: kassia.id, postId, createdAt } });
  }
  const seen: number[] = [];
  for (let path: string | undefined = "/bookmarks"; path; ) {
    const page: Awaited<ReturnType<typeof send>> = await send(path, { cookie: kassia.cookie });
    seen.push(...idsOn(page.body));
    path = /<a[^>]*rel="next"[^>]*href="([^"]+)"/.exec(page.body)?.[1];
  }
  expect(seen).toEqual(ids);
  expect((await send("/bookmarks?after=1-1", { cookie: kassia.cookie })).body).toContain("no older bookmarks");
});

test("nobody keeps what they cannot see, and the wanted state is said", async () => {
  const hidden = [
    await createPost(mina, { status: "draft" }),
    await createPost(mina, { deletedAt: new Date() }),
    await createPost(mina, { removedAt: new Date() }),
  ];
  for (const postId of [...hidden, "0", "x", "2147483647"]) {
    for (const person of [omar, mina]) expect((await keep(person, postId, "true")).status).toBe(404);
  }
  expect(await db.bookmark.count({ where: { postId: { in: hidden } } })).toBe(0);
  const postId = await createPost(mina);
  for (const on of ["", "1", "TRUE"]) expect((await keep(omar, postId, on)).status).toBe(400);
  expect((await send(`/p/${postId}/bookmark`, { form: { on: "true" } })).status).toBe(401);
  expect((await send(`/p/${postId}/bookmark`, { cookie: omar.cookie })).status).toBe(405);
});
