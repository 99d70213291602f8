import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { idsOn, nextOn, publishDirectly } from "#app/posts/test-feeds.ts";
import { publish, stored } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { tagsPageSize } from "#app/tags/tags.server.ts";
import { wordAt } from "#app/tags/tags-field.tsx";

let mina: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
});

beforeEach(async () => {
  await db.post.deleteMany();
  await db.tag.deleteMany();
  await db.tagFollow.deleteMany();
});

test("a tag's page says how many posts it has, and is one address in whatever spelling", async () => {
  await publish(mina, { tags: "Urban Planning, maps" });
  const id = await publish(mina, { tags: "urban_planning", title: "Another" });
  const page = await send("/t/urban-planning");
  expect([page.status, page.statements.length, idsOn(page.body).length]).toEqual([200, 2, 2]);
  expect(page.body).toContain("2 posts");
  expect((await send("/t/Urban%20Planning?after=x")).headers.get("Location")).toBe("/t/urban-planning?after=x");
  await db.post.update({ where: { id }, data: { deletedAt: new Date() } });
  expect((await send("/t/urban-planning")).body).toContain("1 post");
});

test("a tag whose last post is gone is there for its followers only", async () => {
  const id = await publish(mina, { tags: "bread" });
  await send("/t/bread/follow", { cookie: mina.cookie, form: { on: "true" } });
  await db.post.update({ where: { id }, data: { removedAt: new Date() } });
  expect((await send("/t/bread")).status).toBe(404);
  const page = await send("/t/bread", { cookie: mina.cookie });
  expect(page.body).toContain("No post has this tag any more");
  expect(page.body).toContain('aria-pressed="true"');
  expect((await send("/t/never-used", { cookie: mina.cookie })).status).toBe(404);
});

test("the list of tags counts public posts, goes from the most used to the least, and meets each once", async () => {
  const names = Array.from({ length: tagsPageSize + 30 }, (_, index) => `tag-${String(index).padStart(3, "0")}`);
  await publishDirectly([
    ...names.map((name) => ({ authorId: mina.id, tags: [name] })),
    { authorId: mina.id, tags: ["tag-007", "東京"] },
    { authorId: mina.id, tags: ["tag-007", "tag-099"] },
  ]);
  await db.post.create({
    data: { authorId: mina.id, title: "", body: "", bodyHtml: "", excerpt: "", tags: ["only-a-draft"] },
  });
  const seen: string[] = [];
  for (let next: string | undefined = "/tags"; next; ) {
    const { body, statements } = await send(next);
    expect(statements).toHaveLength(1);
    seen.push(
      ...[...body.matchAll(/class="tag-row" href="\/t\/([^"]+)"/g)].map((match) => decodeURIComponent(match[1] ?? "")),
    );
    next = nextOn(body);
  }
  expect(seen.slice(0, 3)).toEqual(["tag-007", "tag-099", "tag-000"]);
  expect(seen).toHaveLength(names.length + 1);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).not.toContain("only-a-draft");
});

test.each(["x", "1", "-a", "99999999999-a", "1-A b", "1-%", "'; drop table tags"])(
  "a cursor that is none (%s) gives the first page",
  async (after) => {
    await publish(mina, { tags: "bread" });
    expect((await send(`/tags?after=${encodeURIComponent(after)}`)).body).toContain('href="/t/bread"');
  },
);

async function suggested(typed: string) {
  const answer = await send(`/tags/suggestions?q=${encodeURIComponent(typed)}`);
  expect(answer.status).toBe(200);
  return (JSON.parse(answer.body).tags as { name: string; alias: string | null }[]).map(({ name, alias }) => [
    name,
    alias,
  ]);
}

test("typing the beginning of a tag or of its synonym offers the tag, the most used first", async () => {
  await publishDirectly([
    { authorId: mina.id, tags: ["javascript", "java"] },
    { authorId: mina.id, tags: ["javascript", "東京"] },
  ]);
  await db.tagSynonym.create({ data: { name: "ecmascript", tag: "javascript" } });
  expect(await suggested("#Java")).toEqual([
    ["javascript", null],
    ["java", null],
  ]);
  expect(await suggested("ecma")).toEqual([["javascript", "ecmascript"]]);
  expect(await suggested("東")).toEqual([["東京", null]]);
  for (const nothing of ["", " ", "%", "_", "\\", "zzz", "a".repeat(3_000)])
    expect(await suggested(nothing)).toEqual([]);
  const answer = await send("/tags/suggestions?q=java");
  expect(answer.headers.get("Cache-Control")).toBe("public, max-age=60");
  await db.tagSynonym.deleteMany();
});

test("the editor's field is a plain input that says what it takes", async () => {
  const page = await send("/new", { cookie: mina.cookie });
  expect(page.body).toMatch(/<input[^>]*role="combobox"[^>]*name="tags"|<input[^>]*name="tags"[^>]*role="combobox"/);
  expect(page.body).toContain("One to five, separated by commas.");
  const id = await publish(mina, { tags: "Maps, maps; URBAN planning" });
  expect((await stored(id)).tags).toEqual(["maps", "urban-planning"]);
});

test("the word that is typed is the one at the cursor", () => {
  expect(wordAt("bread, ma", 9)).toEqual({ word: "ma", start: 6, end: 9 });
  expect(wordAt("br, maps", 2)).toEqual({ word: "br", start: 0, end: 2 });
  expect(wordAt("bread,maps,x", 8)).toEqual({ word: "maps", start: 6, end: 10 });
  expect(wordAt("", 0)).toEqual({ word: "", start: 0, end: 0 });
  expect(wordAt("bread, ", 7)).toEqual({ word: "", start: 6, end: 7 });
});
