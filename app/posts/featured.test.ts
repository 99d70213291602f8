import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { idsOn, publishDirectly, walk } from "#app/posts/test-feeds.ts";
import { databasePool, db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let bela: Person;
let ids: number[];

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  bela = await createPerson({ username: "bela" });
  const start = Date.UTC(2026, 0, 1);
  const posts = Array.from({ length: 60 }, (_, index) => ({
    authorId: index === 3 ? bela.id : mina.id,
    publishedAt: new Date(start + index * 1000),
  }));
  ids = await publishDirectly(posts);
  // The fourth one that was put there stands at its own place again.
  for (const [turn, index] of [5, 3, 59, 40].entries()) {
    await db.post.update({ where: { id: ids[index] }, data: { featuredAt: new Date(start + turn * 1000) } });
  }
});

const idAt = (index: number) => ids[index] ?? 0;

test("the first page begins with what was put there last, at most three, marked as pinned", async () => {
  const page = await send("/");
  expect(page.statements).toHaveLength(1);
  expect(idsOn(page.body).slice(0, 5)).toEqual([idAt(40), idAt(59), idAt(3), idAt(58), idAt(57)]);
  expect(idsOn(page.body)).toHaveLength(28);
  expect(page.body.match(/class="post-featured"/g)).toHaveLength(3);
});

test("walking the front page meets each post once", async () => {
  const seen = await walk("/");
  expect(seen.toSorted((one, other) => one - other)).toEqual(ids);
});

test("a post of somebody muted is not on top either, and one that was removed not for anybody", async () => {
  await db.mute.create({ data: { muterId: mina.id, mutedId: bela.id } });
  const own = await send("/", { cookie: mina.cookie });
  expect(own.statements).toHaveLength(2);
  expect(idsOn(own.body).slice(0, 4)).toEqual([idAt(40), idAt(59), idAt(5), idAt(58)]);
  await db.post.update({ where: { id: idAt(40) }, data: { removedAt: new Date() } });
  expect(idsOn((await send("/")).body).slice(0, 3)).toEqual([idAt(59), idAt(3), idAt(5)]);
});

test("other lists know of no pins", async () => {
  expect((await send("/t/gardening")).body).not.toContain("post-featured");
  expect(idsOn((await send("/t/gardening")).body)[0]).toBe(idAt(59));
});

test("what is pinned is found by its own index", async () => {
  const { statements } = await send("/");
  await publishDirectly(Array.from({ length: 500 }, () => ({ authorId: mina.id, publishedAt: new Date(0), tags: [] })));
  const client = await databasePool().connect();
  try {
    await client.query("analyze posts");
    await client.query("begin");
    await client.query("set local enable_seqscan = off");
    const { rows } = await client.query(`explain ${statements[0]}`, [null]);
    const plan = rows.map((row: Record<string, string>) => Object.values(row)[0]).join("\n");
    expect(plan).toMatch(/Index Scan (?:using|on) posts_featured/);
    expect(plan).toMatch(/Index Scan using posts_feed\b/);
    expect(plan).not.toMatch(/Seq Scan on posts/);
  } finally {
    await client.query("rollback");
    client.release();
  }
});
