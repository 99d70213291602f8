import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send, type TestResponse } from "#app/server/test-request.ts";

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

const post = { title: "A year of rain", body: "It *rained*.", tags: "weather, garden", url: "", status: "published" };

async function publish(person: Person, fields: Record<string, string> = {}): Promise<number> {
  const answer = await send("/new", { cookie: person.cookie, form: { ...post, ...fields } });
  expect(answer.status, answer.body).toBe(302);
  return idIn(answer);
}

function idIn(answer: TestResponse): number {
  return Number(/^\/p\/(\d+)/.exec(answer.headers.get("location") ?? "")?.[1]);
}

const stored = (id: number) => db.post.findUniqueOrThrow({ where: { id } });

test("a visitor is asked to sign in before writing", async () => {
  for (const path of ["/new", "/drafts", "/preview", "/p/1/edit", "/p/1/delete"]) {
    expect((await send(path)).status, path).toBe(401);
    expect((await send(path, { form: post })).status, path).toBe(path === "/drafts" ? 401 : 401);
  }
  expect(await db.post.count()).toBe(0);
});

test("Mina publishes a post, in one statement of its own, and its page shows it", async () => {
  const answer = await send("/new", { cookie: mina.cookie, form: post });
  expect(answer.status).toBe(302);
  expect(answer.headers.get("location")).toMatch(/^\/p\/\d+\/a-year-of-rain$/);
  // who it is, the limit, the post
  expect(answer.statements).toHaveLength(3);
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

test("only its author sees a draft; publishing it later gives it its time once", async () => {
  const saved = await send("/new", {
    cookie: omar.cookie,
    form: { ...post, title: "Not yet", tags: "", status: "draft" },
  });
  const id = idIn(saved);
  expect(saved.headers.get("location")).toBe(`/p/${id}/edit?saved`);
  expect((await send(`/p/${id}/edit?saved`, { cookie: omar.cookie })).body).toContain("Saved. Only you see it");
  expect((await send("/drafts", { cookie: omar.cookie })).body).toContain("Not yet");
  expect((await send("/drafts", { cookie: mina.cookie })).body).not.toContain("Not yet");
  for (const cookie of [undefined, mina.cookie]) {
    for (const path of [`/p/${id}`, `/p/${id}/not-yet`, `/p/${id}.data`, `/p/${id}/not-yet.data`]) {
      const answer = await send(path, { cookie });
      expect(answer.status, path).toBe(404);
      expect(answer.body).not.toContain("rained");
    }
  }
  for (const list of ["/", "/u/omar", "/t/weather"]) expect((await send(list)).body).not.toContain("Not yet");
  const draft = await send(`/p/${id}/not-yet`, { cookie: omar.cookie });
  expect(draft.body).toContain("This is a draft. Only you see it.");
  expect(draft.headers.get("cache-control")).toBe("private, no-store");

  const published = await send(`/p/${id}/edit`, { cookie: omar.cookie, form: { ...post, title: "Now", version: "1" } });
  expect(published.headers.get("location")).toBe(`/p/${id}/now`);
  const first = await stored(id);
  expect(first).toMatchObject({ status: "published", editedAt: null, version: 2 });
  await send(`/p/${id}/edit`, { cookie: omar.cookie, form: { ...post, title: "Now and then", version: "2" } });
  const second = await stored(id);
  expect(second.publishedAt).toEqual(first.publishedAt);
  expect(second.editedAt).not.toBeNull();
  expect((await send(`/p/${id}/now-and-then`)).body).toContain("edited");
});

test("a published post stays published", async () => {
  const id = await publish(mina);
  const answer = await send(`/p/${id}/edit`, { cookie: mina.cookie, form: { ...post, body: "x", status: "draft" } });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("This post is published and stays so.");
  expect(await stored(id)).toMatchObject({ status: "published", version: 1 });
});

test("the second of two tabs is told, keeps its text and sees the other one", async () => {
  const id = await publish(mina, { title: "Two tabs" });
  const edit = (fields: Record<string, string>) =>
    send(`/p/${id}/edit`, { cookie: mina.cookie, form: { ...post, title: "Two tabs", ...fields } });
  expect((await edit({ body: "from one tab", version: "1" })).status).toBe(302);
  const late = await edit({ body: "from the other tab", version: "1" });
  expect(late.status).toBe(409);
  expect(late.body).toContain("you, in another tab");
  expect(late.body).toContain("from one tab</textarea>");
  expect(late.body).toContain("from the other tab</textarea>");
  expect(late.body).toContain('name="version" value="2"');
  expect(await stored(id)).toMatchObject({ body: "from one tab", version: 2 });
  expect((await edit({ body: "from the other tab", version: "2" })).status).toBe(302);
  expect(await stored(id)).toMatchObject({ body: "from the other tab", version: 3 });
});

test("of edits at the same moment one is saved and the others are told", async () => {
  const id = await publish(mina, { title: "At once" });
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      send(`/p/${id}/edit`, {
        cookie: mina.cookie,
        form: { ...post, title: "At once", body: `text ${index}`, version: "1" },
      }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([302, ...Array(7).fill(409)]);
  expect((await stored(id)).version).toBe(2);
});

test("an edit that changes nothing is no edit", async () => {
  const id = await publish(mina);
  expect((await send(`/p/${id}/edit`, { cookie: mina.cookie, form: { ...post, version: "1" } })).status).toBe(302);
  expect(await stored(id)).toMatchObject({ version: 1, editedAt: null });
});

test("nobody edits, deletes or reads the source of what somebody else wrote", async () => {
  const id = await publish(mina, { title: "Mina's own", body: "the *source*" });
  for (const path of [`/p/${id}/edit`, `/p/${id}/delete`]) {
    expect((await send(path, { cookie: omar.cookie })).status).toBe(404);
    expect((await send(`${path}.data`, { cookie: omar.cookie })).body).not.toContain("*source*");
    expect((await send(path, { cookie: omar.cookie, form: { ...post, body: "taken over" } })).status).toBe(404);
  }
  const preview = await send("/preview", { cookie: omar.cookie, form: { ...post, postId: String(id), version: "1" } });
  expect(preview.body).not.toContain("*source*");
  expect(preview.body).not.toContain(`/p/${id}/edit`);
  expect(await stored(id)).toMatchObject({ body: "the *source*", deletedAt: null, version: 1 });
});

test.each(["0", "-1", "01", "1e3", "2147483648", "99999999999999999999", "1%00", "x", "1.0", "%F0%9F%8C%B1"])(
  "/p/%s is nobody's post",
  async (id) => {
    for (const path of [`/p/${id}`, `/p/${id}/edit`, `/p/${id}/delete`]) {
      expect((await send(path, { cookie: mina.cookie })).status).toBe(404);
      if (path.endsWith("e") || path.endsWith("t"))
        expect((await send(path, { cookie: mina.cookie, form: post })).status).toBe(404);
    }
  },
);

test("deleting says what will happen first, then takes the post from everywhere", async () => {
  const id = await publish(mina, { title: "To be deleted", tags: "only-here" });
  const page = await send(`/p/${id}/delete`, { cookie: mina.cookie });
  expect(page.body).toContain("To be deleted");
  expect(page.body).toContain("You cannot bring it back.");
  expect((await stored(id)).deletedAt).toBeNull();
  const count = async () => (await db.user.findUniqueOrThrow({ where: { id: mina.id } })).postCount;
  const before = await count();
  expect((await send(`/p/${id}/delete`, { cookie: mina.cookie, form: {} })).headers.get("location")).toBe("/u/mina");
  expect(await count()).toBe(before - 1);
  for (const path of [`/p/${id}`, `/p/${id}/edit`, `/p/${id}/delete`, "/t/only-here"]) {
    expect((await send(path, { cookie: mina.cookie })).status, path).toBe(404);
  }
  expect((await send(`/p/${id}/delete`, { cookie: mina.cookie, form: {} })).status).toBe(404);
  expect((await send("/")).body).not.toContain("To be deleted");
});

test("what a moderator removed cannot be edited or deleted, and only its author still sees it", async () => {
  const id = await publish(mina, { title: "Removed" });
  await db.post.update({ where: { id }, data: { removedAt: new Date() } });
  expect((await send(`/p/${id}/removed`, { cookie: mina.cookie })).body).toContain("A moderator removed this post.");
  expect((await send(`/p/${id}/removed`)).status).toBe(404);
  expect((await send(`/p/${id}/removed`, { cookie: omar.cookie })).status).toBe(404);
  for (const path of [`/p/${id}/edit`, `/p/${id}/delete`]) {
    expect((await send(path, { cookie: mina.cookie })).status).toBe(404);
    expect((await send(path, { cookie: mina.cookie, form: post })).status).toBe(404);
  }
});

test("the preview is what the page will be, and the form comes back whole", async () => {
  const form = { ...post, body: "# Head\n\nText[^1] with `code` & <b>.\n\n[^1]: A note", submissionKey: randomUUID() };
  const preview = await send("/preview", { cookie: mina.cookie, form });
  expect(preview.status).toBe(200);
  expect(preview.body).toContain('value="A year of rain"');
  expect(preview.body).toContain('value="weather, garden"');
  expect(preview.body).toContain(`name="submissionKey" value="${form.submissionKey}"`);
  expect(preview.body).toContain('action="/new"');
  const id = await publish(mina, form);
  const prose = /<div class="prose">.*?<\/section><\/div>/s;
  const page = await send(`/p/${id}/a-year-of-rain`, { cookie: mina.cookie });
  expect(prose.exec(preview.body)?.[0]).toBe(prose.exec(page.body)?.[0]);
  expect(prose.exec(page.body)?.[0]).toContain("<h2");
});

test("the preview of an edit leads back to that edit, and saves nothing", async () => {
  const id = await publish(mina, { title: "Edited in preview" });
  const before = await stored(id);
  const preview = await send("/preview", {
    cookie: mina.cookie,
    form: { ...post, body: "changed", postId: String(id), version: "1" },
  });
  expect(preview.body).toContain(`action="/p/${id}/edit"`);
  expect(preview.body).toContain('name="version" value="1"');
  expect(preview.body).toContain("Save changes");
  expect(await stored(id)).toEqual(before);
  expect((await send("/preview", { cookie: mina.cookie })).headers.get("location")).toBe("/new");
});

test("an unfinished post can be previewed, one that is too long is refused at its field", async () => {
  expect(
    (await send("/preview", { cookie: mina.cookie, form: { title: "", body: "words", tags: "", url: "" } })).status,
  ).toBe(200);
  const long = await send("/preview", { cookie: mina.cookie, form: { ...post, body: "x".repeat(50_001) } });
  expect(long.status).toBe(400);
  expect(long.body).toContain("1 characters too long");
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
  expect(statements).toBe(3);
  expect(await db.post.count({ where: { title: "Broken off" } })).toBe(1);
  expect((await db.user.findUniqueOrThrow({ where: { id: writer.id } })).postCount).toBe(1);
});

test("wherever the connection breaks, an edit is saved wholly or not at all", async () => {
  const writer = await createPerson({ username: "hugo" });
  const id = await publish(writer, { title: "Before" });
  const before = await stored(id);
  for (let at = 0; ; at++) {
    const fault = new BrokenConnection(at);
    const form = { ...post, title: "After", body: "after", tags: "changed", version: "1" };
    const answer = await send(`/p/${id}/edit`, { cookie: writer.cookie, form, beforeStatement: fault.beforeStatement });
    await fault.settle();
    if (!fault.happened) {
      expect(answer.status).toBe(302);
      break;
    }
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(await stored(id)).toEqual(before);
  }
  expect(await stored(id)).toMatchObject({ title: "After", body: "after", tags: ["changed"], version: 2 });
});
