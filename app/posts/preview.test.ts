import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { post, publish, stored } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
});

// Limits count by person; each test starts with none of them spent.
beforeEach(async () => {
  await db.rateLimit.deleteMany();
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

test("a script gets the preview alone, and what is wrong with it", async () => {
  const headers = { Accept: "application/json" };
  const good = await send("/preview", { cookie: mina.cookie, form: { ...post, body: "a *b*" }, headers });
  expect(JSON.parse(good.body).composed).toMatchObject({
    title: "A year of rain",
    html: '<p dir="auto">a <em>b</em></p>',
  });
  expect(good.headers.get("cache-control")).toBe("private, no-store");
  const bad = await send("/preview", { cookie: mina.cookie, form: { ...post, url: "x" }, headers });
  expect(bad.status).toBe(400);
  expect(JSON.parse(bad.body)).toMatchObject({ composed: null, lastResult: { error: { url: expect.any(Array) } } });
  expect((await send("/preview", { form: post, headers })).status).toBe(401);
});

test("an unfinished post can be previewed, one that is too long is refused at its field", async () => {
  expect(
    (await send("/preview", { cookie: mina.cookie, form: { title: "", body: "words", tags: "", url: "" } })).status,
  ).toBe(200);
  const long = await send("/preview", { cookie: mina.cookie, form: { ...post, body: "x".repeat(50_001) } });
  expect(long.status).toBe(400);
  expect(long.body).toContain("1 characters too long");
});
