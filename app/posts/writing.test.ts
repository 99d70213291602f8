import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { idIn, post, publish, stored } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  omar = await createPerson({ username: "omar" });
});

// Limits count by person; each test starts with none of them spent.
beforeEach(async () => {
  await db.rateLimit.deleteMany();
});

test("a visitor is asked to sign in before writing", async () => {
  for (const path of ["/new", "/drafts", "/preview", "/p/1/edit", "/p/1/delete"]) {
    expect((await send(path)).status, path).toBe(401);
    expect((await send(path, { form: post })).status, path).toBe(401);
  }
  expect(await db.post.count()).toBe(0);
});

test("Mina publishes a post, in one transaction, and its page shows it", async () => {
  const answer = await send("/new", { cookie: mina.cookie, form: post });
  expect(answer.status).toBe(302);
  expect(answer.headers.get("location")).toMatch(/^\/p\/\d+\/a-year-of-rain$/);
  // who it is, the limit, BEGIN, whether it still is, the gates, the post, COMMIT
  expect(answer.statements).toHaveLength(7);
  const page = await send(answer.headers.get("location") ?? "");
  expect(page.body).toContain("It <em>rained</em>.");
  const row = await stored(idIn(answer));
  expect(row).toMatchObject({
    authorId: mina.id,
    status: "published",
    excerpt: "It rained.",
    tags: ["weather", "garden"],
  });
  expect(row.publishedAt).not.toBeNull();
  expect(row.editedAt).toBeNull();
});

test("a form that is sent twice makes one post, also at the same moment", async () => {
  const form = { ...post, title: "Sent twice", submissionKey: randomUUID() };
  const answers = await Promise.all(Array.from({ length: 6 }, () => send("/new", { cookie: mina.cookie, form })));
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.headers.get("location")}`)).size).toBe(1);
  expect(await db.post.count({ where: { title: "Sent twice" } })).toBe(1);
});

test("a form that was used comes back with another text: nothing is lost, and the next press makes a second post", async () => {
  const submissionKey = randomUUID();
  await publish(mina, { title: "The first text", submissionKey });
  const answer = await send("/new", {
    cookie: mina.cookie,
    form: { ...post, title: "The second text", submissionKey },
  });
  expect(answer.status).toBe(409);
  expect(answer.body).toContain('value="The second text"');
  const next = /name="submissionKey" value="([^"]+)"/.exec(answer.body)?.[1] ?? "";
  expect(next).not.toBe(submissionKey);
  await publish(mina, { title: "The second text", submissionKey: next });
  expect(await db.post.count({ where: { title: { in: ["The first text", "The second text"] } } })).toBe(2);
});

test("somebody else's form key does not stand in the way", async () => {
  const submissionKey = randomUUID();
  const [one, other] = [await publish(mina, { submissionKey }), await publish(omar, { submissionKey })];
  expect(one).not.toBe(other);
});

test("a form with mistakes comes back with what was typed and a message at each field", async () => {
  const answer = await send("/new", {
    cookie: mina.cookie,
    form: { title: "ab", body: "", tags: "c++", url: "javascript:alert(1)", status: "published" },
  });
  expect(answer.status).toBe(400);
  for (const typed of ['value="ab"', 'value="c++"', 'value="javascript:alert(1)"'])
    expect(answer.body).toContain(typed);
  for (const field of ["tags", "url"]) {
    expect(answer.body).toMatch(
      new RegExp(`id="post-${field}"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*post-${field}-error`),
    );
  }
  const long = await send("/new", { cookie: mina.cookie, form: { ...post, title: "ab", body: "typed <b>text</b>" } });
  expect(long.body).toContain("Use at least 3 characters.");
  expect(long.body).toContain("typed &lt;b&gt;text&lt;/b&gt;</textarea>");
  expect(long.body).toMatch(/<input[^>]*id="post-title"[^>]*autofocus/i);
});

test.each([
  ["another state", { status: "removed" }],
  ["no state", { status: "" }],
  ["a title of 151 characters", { title: "x".repeat(151) }],
  ["a text of 50,001 characters", { body: "x".repeat(50_001) }],
  ["six tags", { tags: "a1,b2,c3,d4,e5,f6" }],
  ["a picture where the title should be", { title: new File(["x"], "x.png") }],
])("%s is refused, and nothing is written", async (_, fields) => {
  const before = await db.post.count();
  expect((await send("/new", { cookie: mina.cookie, form: { ...post, ...fields } })).status).toBe(400);
  expect(await db.post.count()).toBe(before);
});

test("fields that the form does not have have no effect", async () => {
  const id = await publish(mina, {
    authorId: omar.id,
    author_id: omar.id,
    id: "1",
    createdAt: "2000-01-01",
    publishedAt: "2000-01-01",
    bodyHtml: "<script>alert(1)</script>",
    excerpt: "x",
    commentCount: "99",
    removedAt: "2000-01-01",
    version: "77",
    "tags[99999999]": "x",
    "title.x": "y",
    "__proto__[status]": "x",
    __intent__: "nonsense",
    __state__: "nonsense",
  });
  const row = await stored(id);
  expect(row).toMatchObject({
    authorId: mina.id,
    version: 1,
    commentCount: 0,
    removedAt: null,
    tags: ["weather", "garden"],
  });
  expect(row.bodyHtml).not.toContain("script");
  expect(row.publishedAt?.getFullYear()).toBeGreaterThan(2020);
});

test("a body that is no form is refused, not broken on", async () => {
  for (const type of ["multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/plain"]) {
    const answer = await send("/new", { cookie: mina.cookie, form: post, headers: { "Content-Type": type } });
    expect(answer.status, type).toBe(400);
  }
});

test("texts that the database could not keep are kept without what it refuses", async () => {
  const id = await publish(mina, { title: "With\0 zeros", body: "a\0b", tags: "weather" });
  expect(await stored(id)).toMatchObject({ title: "With zeros", body: "ab" });
});

test("a link post needs no text", async () => {
  const id = await publish(mina, { body: "", url: "https://www.example.org/a" });
  const page = await send(`/p/${id}/a-year-of-rain`);
  expect(page.body).toContain('<a href="https://www.example.org/a" rel="ugc nofollow noopener">');
  expect(page.body).toContain("<span>example.org</span>");
});

test("posting has its limit, and what was typed comes back", async () => {
  const eager = await createPerson({ username: "eager" });
  const answers = [];
  for (let index = 0; index < 31; index++) {
    answers.push(await send("/new", { cookie: eager.cookie, form: { ...post, title: `Post ${index}` } }));
  }
  expect(answers.at(29)?.status).toBe(302);
  expect(answers.at(30)?.status).toBe(429);
  expect(answers.at(30)?.body).toContain('value="Post 30"');
  expect(Number(answers.at(30)?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await db.post.count({ where: { authorId: eager.id } })).toBe(30);
});

test("wherever the connection breaks, a post is published wholly or not at all, and the press after it makes one post", async () => {
  const writer = await createPerson({ username: "kassia" });
  const form = { ...post, title: "Broken off", submissionKey: randomUUID() };
  let statements = 0;
  for (let at = 0; ; at++) {
    const fault = new BrokenConnection(at);
    const answer = await send("/new", { cookie: writer.cookie, form, beforeStatement: fault.beforeStatement });
    await fault.settle();
    if (!fault.happened) {
      expect(answer.status).toBe(302);
      break;
    }
    statements++;
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(await db.post.count({ where: { title: "Broken off" } })).toBe(0);
    expect((await db.user.findUniqueOrThrow({ where: { id: writer.id } })).postCount).toBe(0);
  }
  expect(statements).toBe(7);
  expect(await db.post.count({ where: { title: "Broken off" } })).toBe(1);
  expect((await db.user.findUniqueOrThrow({ where: { id: writer.id } })).postCount).toBe(1);
});
