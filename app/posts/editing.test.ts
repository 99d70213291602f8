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
