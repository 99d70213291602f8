import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { parseQuery } from "#app/search/query.ts";
import { search } from "#app/search/search.server.ts";
import { maxRanked } from "#app/search/search.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
});

/** Posts that all have the words of their title; three at each moment, and most with the same score as another. */
async function publishMany(count: number, title = "A walk by the river", at = Date.UTC(2026, 0, 1)): Promise<void> {
  const posts = Array.from({ length: count }, (_, index) => ({
    authorId: mina.id,
    status: "published" as const,
    title,
    body: "text",
    bodyHtml: `<p>text ${index % 3 ? "" : "river"}</p>`,
    excerpt: "text",
    tags: ["walking"],
    reactionCount: index % 4,
    publishedAt: new Date(at + Math.floor(index / 3) * 1000),
  }));
  for (let from = 0; from < count; from += 100) await db.post.createMany({ data: posts.slice(from, from + 100) });
}

/** The ids of every page, one after another; `between` happens before each further page. */
async function readThrough(q: string, between: () => Promise<unknown> = async () => undefined): Promise<number[]> {
  const ids: number[] = [];
  let after: string | null = null;
  do {
    const page = await search(parseQuery(q), null, { onlyPeople: false, after });
    if (page.outcome !== "posts") throw new Error(page.outcome);
    expect(page.posts.length).toBeLessThanOrEqual(25);
    ids.push(...page.posts.map(({ id }) => id));
    after = page.next;
    await between();
  } while (after);
  return ids;
}

test("pages follow one another without repeats or holes while new posts arrive", async () => {
  await publishMany(120);
  const before = (await db.post.findMany({ select: { id: true } })).map(({ id }) => id);
  for (const q of ["river", "author:mina", '"by the river" tag:walking', "-boat"]) {
    const ids = await readThrough(q, () => publishMany(3, "A river, later", Date.now() + 1_000));
    expect(new Set(ids).size, q).toBe(ids.length);
    expect(ids.filter((id) => before.includes(id)).sort(), q).toEqual([...before].sort());
  }
});

test("of very many posts the newest are looked at, and the page says so", async () => {
  await publishMany(maxRanked + 50, "A common heron");
  const first = await send("/search?q=heron");
  expect(first.body).toContain("More than 100 posts");
  expect(first.body).toContain("the newest 1,000 were looked at");
  const ids = await readThrough("heron");
  expect(ids.length).toBe(maxRanked);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a search costs one statement for posts, one for people, and one that counts it", async () => {
  const visit = await send("/search?q=river");
  expect(visit.statements).toHaveLength(3);
  expect((await send("/search?q=river", { cookie: mina.cookie })).statements).toHaveLength(4);
  expect((await send("/search?q=river&in=people")).statements).toHaveLength(2);
  expect((await send("/search")).statements).toHaveLength(0);
});

test("people of one name are paged too", async () => {
  const letters = "abcdefghjkmnpqrtuvwxy".split("");
  for (const a of letters.slice(0, 3))
    for (const b of letters) await createPerson({ username: `wren${a}${b}q`, name: "A Wren" });
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page = await search(parseQuery("wren"), null, { onlyPeople: true, after });
    if (page.outcome !== "people") throw new Error(page.outcome);
    seen.push(...page.people.map(({ username }) => username));
    after = page.next;
  } while (after);
  expect(seen).toHaveLength(63);
  expect(new Set(seen).size).toBe(63);
});
