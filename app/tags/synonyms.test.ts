import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { publishDirectly } from "#app/posts/test-feeds.ts";
import { publish, stored } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";
import { rewriteTag, rewrittenAtOnce } from "#app/tags/synonyms.server.ts";

let iris: Person;
let mina: Person;
let omar: Person;

beforeAll(async () => {
  iris = await createPerson({ username: "iris", role: "admin" });
  mina = await createPerson({ username: "mina" });
  omar = await createPerson({ username: "omar", role: "moderator" });
});

beforeEach(async () => {
  await db.tagSynonym.deleteMany();
  await db.post.deleteMany();
  await db.tagFollow.deleteMany();
  await db.tag.deleteMany();
});

function add(name: string, tag: string, beforeStatement?: (text: string, index: number) => void) {
  return send("/admin/tags", { cookie: iris.cookie, form: { name, tag }, beforeStatement });
}

/** Counts on the tags are those of the posts that carry them, and no post carries a synonym. */
async function expectConsistent() {
  const counted = await db.$queryRaw<{ name: string; count: number }[]>`
    select t as name, count(*)::int as count from posts, unnest(tags) t
     where status = 'published' and deleted_at is null and removed_at is null group by t order by t`;
  const kept = await db.tag.findMany({ where: { postCount: { not: 0 } }, orderBy: { name: "asc" } });
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  expect(kept.map(({ name, postCount }) => ({ name, count: postCount })).sort(byName)).toEqual(counted.sort(byName));
  const synonyms = (await db.tagSynonym.findMany()).map(({ name }) => name);
  expect(await db.postTag.count({ where: { tag: { in: synonyms } } })).toBe(0);
}

test("a synonym's posts and followers get the tag, its page leads there, and whoever writes it writes the tag", async () => {
  const both = await publish(mina, { tags: "js, web, javascript, JS" });
  const one = await publish(mina, { tags: "js", title: "Only the short word" });
  await db.tagFollow.createMany({
    data: [
      { userId: mina.id, tag: "js" },
      { userId: mina.id, tag: "javascript" },
      { userId: omar.id, tag: "js" },
    ],
  });
  expect((await add("JS", "#JavaScript")).headers.get("Location")).toBe("/admin/tags");
  expect((await stored(both)).tags).toEqual(["javascript", "web"]);
  expect((await stored(one)).tags).toEqual(["javascript"]);
  const follows = await db.tagFollow.findMany({ select: { tag: true } });
  expect(follows).toEqual([{ tag: "javascript" }, { tag: "javascript" }]);
  for (const spelling of ["js", "JS"]) {
    const moved = await send(`/t/${spelling}?after=x`);
    expect([moved.status, moved.headers.get("Location")]).toEqual([301, "/t/javascript?after=x"]);
  }
  const later = await publish(mina, { tags: "web, Js, javascript", title: "Written later" });
  expect((await stored(later)).tags).toEqual(["web", "javascript"]);
  await send("/t/js/follow", { cookie: iris.cookie, form: { on: "true" } });
  expect(await db.tagFollow.count({ where: { tag: "javascript" } })).toBe(3);
  await expectConsistent();
  expect(await db.auditEvent.findFirst({ orderBy: { createdAt: "desc" } })).toMatchObject({
    kind: "tag-synonym-added",
    actorId: iris.id,
    details: { name: "js", tag: "javascript" },
  });
});

test("a draft, or a post that comes back, gets the tag when it becomes public", async () => {
  const draft = await publish(mina, { tags: "js", status: "draft" });
  const removed = await publish(mina, { tags: "js", title: "Removed for a while" });
  await db.post.update({ where: { id: removed }, data: { removedAt: new Date() } });
  await add("js", "javascript");
  await db.post.update({ where: { id: removed }, data: { removedAt: null } });
  await db.post.update({ where: { id: draft }, data: { status: "published", publishedAt: new Date() } });
  for (const id of [draft, removed]) expect((await stored(id)).tags).toEqual(["javascript"]);
  await expectConsistent();
});

test("synonyms of a word that becomes one itself stand for the new tag, and a tag is never its own synonym", async () => {
  await publish(mina, { tags: "ecmascript, maps" });
  await add("js", "ecmascript");
  await add("ecmascript", "javascript");
  await add("livescript", "js");
  expect(await db.tagSynonym.findMany({ orderBy: { name: "asc" }, select: { name: true, tag: true } })).toEqual(
    ["ecmascript", "js", "livescript"].map((name) => ({ name, tag: "javascript" })),
  );
  for (const [name, tag] of [
    ["javascript", "js"],
    ["js", "maps"],
  ] as const) {
    const refused = await add(name, tag);
    expect([refused.status, refused.body.includes("already stands for")]).toEqual([409, true]);
  }
  for (const [name, tag] of [
    ["maps", "Maps"],
    ["", "maps"],
    ["a, b", "maps"],
    ["x", "maps"],
    ["<b>", "maps"],
    ["js2", ""],
  ] as const) {
    expect((await add(name, tag)).status).toBe(400);
  }
  await expectConsistent();
});

test("whatever statement fails, posts, follows and words are as they were", async () => {
  const id = await publish(mina, { tags: "js" });
  await db.tagFollow.create({ data: { userId: mina.id, tag: "js" } });
  const events = await db.auditEvent.count();
  let failures = 0;
  for (let failing = 1; ; failing++) {
    const answer = await add("js", "javascript", failAt(failing));
    if (answer.status === 302) break;
    expect(answer.status).toBe(500);
    expect((await stored(id)).tags).toEqual(["js"]);
    expect([await db.tagSynonym.count(), await db.tagFollow.count({ where: { tag: "js" } })]).toEqual([0, 1]);
    expect(await db.auditEvent.count()).toBe(events);
    failures += 1;
  }
  expect(failures).toBeGreaterThanOrEqual(11);
  expect((await stored(id)).tags).toEqual(["javascript"]);
});

test("more posts than one transaction takes get the tag in a job, which may run twice", async () => {
  await publishDirectly(
    Array.from({ length: rewrittenAtOnce * 2 + 10 }, () => ({ authorId: mina.id, tags: ["js", "web"] })),
  );
  await add("js", "javascript");
  expect(await db.postTag.count({ where: { tag: "js" } })).toBe(rewrittenAtOnce + 10);
  const jobs = await db.$queryRaw<unknown[]>`select 1 from pgboss.job where name = 'rewrite-tags'`;
  expect(jobs).toHaveLength(1);
  await Promise.all([rewriteTag("js"), rewriteTag("js")]);
  await expectConsistent();
  expect(await db.postTag.count({ where: { tag: "javascript" } })).toBe(rewrittenAtOnce * 2 + 10);
});

test("no post keeps the word, however many are written, changed and taken away while it becomes a synonym", async () => {
  const people = await Promise.all(
    ["a", "b", "c", "d", "e", "f"].map((letter) => createPerson({ username: `writer-${letter}x` })),
  );
  const ids = await publishDirectly(people.map(({ id }) => ({ authorId: id, tags: ["js", "web"] })));
  const answers = await Promise.all([
    ...people.map((person, index) => publish(person, { tags: "web, js", title: `New ${index}` })),
    ...people.map((person, index) =>
      send(`/p/${ids[index]}/delete`, { cookie: person.cookie, form: {} }).then(({ status }) => status),
    ),
    add("js", "javascript").then(({ status }) => status),
    ...people.map((person, index) => publish(person, { tags: "js, web", title: `Newer ${index}` })),
  ]);
  expect(answers).not.toContain(500);
  await expectConsistent();
});

test("a synonym is taken back by admins only: the word is a tag again, and what was moved stays", async () => {
  const id = await publish(mina, { tags: "js" });
  await add("js", "javascript");
  for (const [cookie, status] of [
    [undefined, 401],
    [mina.cookie, 404],
    [omar.cookie, 404],
  ] as const) {
    expect((await send("/admin/tags", { cookie, form: { name: "x-y", tag: "maps" } })).status).toBe(status);
    expect((await send("/admin/tags/js/delete", { cookie, form: {} })).status).toBe(status);
  }
  expect((await send("/admin/tags/js/delete", { cookie: iris.cookie, form: {} })).status).toBe(302);
  expect((await send("/admin/tags/js/delete", { cookie: iris.cookie, form: {} })).status).toBe(404);
  expect((await stored(id)).tags).toEqual(["javascript"]);
  const anew = await publish(mina, { tags: "js", title: "Again" });
  expect((await stored(anew)).tags).toEqual(["js"]);
});
