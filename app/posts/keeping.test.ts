import { randomUUID } from "node:crypto";
import pg from "pg";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { idIn, post, publish, stored } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
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

const typed = { title: "", body: "It *rained*.", tags: "", url: "", warning: "" };

/** Sends what somebody has typed, as their editor does every few seconds. */
async function keep(path: string, fields: Record<string, string>, { cookie } = mina) {
  const answer = await send(path, { cookie, form: { ...typed, ...fields } });
  return { status: answer.status, statements: answer.statements, ...JSON.parse(answer.body || "{}") };
}

const keepNew = (fields: Record<string, string>) => keep("/new/draft", fields);
const rowsOf = (submissionKey: string) => db.post.findMany({ where: { submissionKey } });

test("what is typed into a new post's form is one draft, however often it is sent, also at the same moment", async () => {
  const submissionKey = randomUUID();
  const answers = await Promise.all(Array.from({ length: 8 }, () => keepNew({ submissionKey })));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  expect(new Set(answers.map(({ postId }) => postId)).size).toBe(1);
  const [row, ...others] = await rowsOf(submissionKey);
  expect(others).toEqual([]);
  expect(row).toMatchObject({ status: "draft", authorId: mina.id, body: "It *rained*.", bodyHtml: "", version: 1 });
  expect((await send("/drafts", { cookie: mina.cookie })).body).toContain("It rained.");
});

test("keeping a draft again costs seven statements and lays nothing out", async () => {
  const { postId } = await keepNew({ submissionKey: randomUUID() });
  const again = await keep(`/p/${postId}/draft`, { body: "It rained again.", version: "1" });
  expect(again).toMatchObject({ status: 200, postId, basis: { version: 2, revision: 0 } });
  // who it is, the limit, BEGIN, whether it still is, the draft, the change, COMMIT
  expect(again.statements).toHaveLength(7);
  expect(await stored(postId)).toMatchObject({ body: "It rained again.", bodyHtml: "", excerpt: "It rained again." });
  const page = await send(`/p/${postId}`, { cookie: mina.cookie });
  expect(page.body).toContain('<p dir="auto">It rained again.</p>');
});

test("publishing from the same form turns that very draft into the post", async () => {
  const submissionKey = randomUUID();
  const { postId } = await keepNew({ submissionKey, title: "Kept" });
  await keep(`/p/${postId}/draft`, { title: "Kept twice", version: "1" });
  const form = { ...post, title: "Kept and published", submissionKey, version: "2" };
  const answer = await send("/new", { cookie: mina.cookie, form });
  expect(answer.headers.get("location")).toBe(`/p/${postId}/kept-and-published`);
  expect(await rowsOf(submissionKey)).toMatchObject([{ id: postId, status: "published", title: "Kept and published" }]);
  expect((await stored(postId)).bodyHtml).toContain("<em>rained</em>");
});

test("a form that does not know yet of its draft publishes it too, unless another device changed it", async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  const { postId } = await keepNew({ submissionKey: one });
  const published = await send("/new", { cookie: mina.cookie, form: { ...post, submissionKey: one } });
  expect(idIn(published)).toBe(postId);
  const { postId: changed } = await keepNew({ submissionKey: other });
  await keep(`/p/${changed}/draft`, { body: "From the phone", version: "1" });
  const refused = await send("/new", { cookie: mina.cookie, form: { ...post, submissionKey: other } });
  expect(refused.status).toBe(409);
  expect(refused.body).toContain("From the phone</textarea>");
  expect(refused.body).toContain("It *rained*.</textarea>");
  expect(refused.body).toContain('name="version" value="2"');
  expect(await stored(changed)).toMatchObject({ status: "draft", body: "From the phone" });
  const again = { ...post, submissionKey: other, version: "2" };
  expect(idIn(await send("/new", { cookie: mina.cookie, form: again }))).toBe(changed);
});

test("an untouched or emptied form leaves no draft, and what is typed into it again is the same one", async () => {
  const submissionKey = randomUUID();
  const none = { body: " \n", submissionKey };
  expect(await keepNew(none)).toMatchObject({ status: 200, postId: null });
  expect(await rowsOf(submissionKey)).toEqual([]);
  const { postId } = await keepNew({ submissionKey, title: "Nearly" });
  const emptied = await keep(`/p/${postId}/draft`, { body: "", version: "1" });
  expect(emptied).toMatchObject({ status: 200, postId });
  expect((await stored(postId)).deletedAt).not.toBeNull();
  expect((await send("/drafts", { cookie: mina.cookie })).body).not.toContain(`/p/${postId}/edit`);
  expect(await keep(`/p/${postId}/draft`, { body: "After all", version: "2" })).toMatchObject({ status: 200 });
  expect(await stored(postId)).toMatchObject({ body: "After all", deletedAt: null });
  await send(`/p/${postId}/delete`, { cookie: mina.cookie, form: {} });
  expect((await keep(`/p/${postId}/draft`, { body: "Deleted is deleted", version: "3" })).status).toBe(404);
});

test("of two devices that type into one draft the second is told what stands there, and overwrites nothing", async () => {
  const { postId } = await keepNew({ submissionKey: randomUUID() });
  const path = `/p/${postId}/draft`;
  expect((await keep(path, { body: "From the desk", version: "1" })).status).toBe(200);
  const phone = await keep(path, { body: "From the phone", version: "1" });
  expect(phone).toMatchObject({ status: 409, newer: { text: { body: "From the desk" }, basis: { version: 2 } } });
  expect(await stored(postId)).toMatchObject({ body: "From the desk", version: 2 });
  // An answer that was lost on its way is no conflict.
  expect(await keep(path, { body: "From the desk", version: "1" })).toMatchObject({
    status: 200,
    basis: { version: 2 },
  });
  expect((await keep(path, { body: "From nowhere" })).status).toBe(409);
  const atOnce = await Promise.all([1, 2, 3, 4].map((n) => keep(path, { body: `Text ${n}`, version: "2" })));
  expect(atOnce.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
});

test("what is typed into a published post stays its author's until it is saved", async () => {
  const id = await publish(mina, { title: "For everyone", body: "The text for everyone" });
  const { basis } = await keep(`/p/${id}/draft`, {
    title: "Canary title",
    body: "Canary text",
    tags: "half, c++",
    version: "1",
  });
  expect(basis).toMatchObject({ version: 1, revision: expect.any(Number) });
  for (const path of ["/", "/u/mina", `/p/${id}/for-everyone`, "/t/weather"]) {
    for (const cookie of [undefined, omar.cookie, mina.cookie])
      expect((await send(path, { cookie })).body, path).not.toContain("Canary");
  }
  expect(await stored(id)).toMatchObject({ title: "For everyone", version: 1, editedAt: null });
  const form = await send(`/p/${id}/edit`, { cookie: mina.cookie });
  expect(form.body).toContain("You have unsaved changes from");
  expect(form.body).toContain('value="Canary title"');
  expect(form.body).toContain('value="half, c++"');
  expect((await send("/drafts", { cookie: mina.cookie })).body).toContain("Unsaved changes to “Canary title”");
  expect((await send("/drafts", { cookie: omar.cookie })).body).not.toContain("Canary");

  const fields = { ...post, title: "Saved now", version: "1", revision: String(basis.revision) };
  expect((await send(`/p/${id}/edit`, { cookie: mina.cookie, form: fields })).status).toBe(302);
  expect(await db.unsavedEdit.count({ where: { postId: id } })).toBe(0);
  expect(await stored(id)).toMatchObject({ title: "Saved now", version: 2 });
});

test("changes that came back to what readers see are none", async () => {
  const id = await publish(mina, { title: "To and fro" });
  const { basis } = await keep(`/p/${id}/draft`, { body: "Changed", version: "1" });
  const back = {
    title: "To and fro",
    body: post.body,
    tags: post.tags,
    version: "1",
    revision: String(basis.revision),
  };
  expect(await keep(`/p/${id}/draft`, back)).toMatchObject({ status: 200, basis: { version: 1, revision: 0 } });
  expect(await db.unsavedEdit.count({ where: { postId: id } })).toBe(0);
});

test("unsaved changes of another device are shown before anything takes their place", async () => {
  const id = await publish(mina, { title: "Desk and phone" });
  const desk = await keep(`/p/${id}/draft`, { body: "From the desk", version: "1" });
  const phone = await keep(`/p/${id}/draft`, { body: "From the phone", version: "1", revision: "0" });
  expect(phone).toMatchObject({ status: 409, newer: { text: { body: "From the desk" } } });
  const form = { ...post, title: "Desk and phone", body: "Saved on the phone", version: "1", revision: "0" };
  const saved = await send(`/p/${id}/edit`, { cookie: mina.cookie, form });
  expect(saved.status).toBe(409);
  expect(saved.body).toContain("From the desk</textarea>");
  expect(saved.body).toContain("Saved on the phone</textarea>");
  expect(saved.body).toContain(`name="revision" value="${desk.basis.revision}"`);
  expect(await db.unsavedEdit.findUniqueOrThrow({ where: { postId: id } })).toMatchObject({ body: "From the desk" });
});

test("changes that were begun before the post was saved elsewhere are shown beside what was saved", async () => {
  const id = await publish(mina, { title: "Begun before" });
  await keep(`/p/${id}/draft`, { body: "Typed on the desk", version: "1" });
  const phone = { ...post, title: "Begun before", body: "Saved on the phone", version: "1" };
  expect((await send(`/p/${id}/edit`, { cookie: mina.cookie, form: phone })).status).toBe(302);
  const page = await send(`/p/${id}/edit`, { cookie: mina.cookie });
  expect(page.body).toContain("Typed on the desk</textarea>");
  expect(page.body).toContain("Saved on the phone</textarea>");
  expect(page.body).toContain('name="version" value="2"');
});

test("unsaved changes are discarded by their button, and those that came after it was drawn are not", async () => {
  const id = await publish(mina, { title: "Discarded" });
  const first = await keep(`/p/${id}/draft`, { body: "One", version: "1" });
  const second = await keep(`/p/${id}/draft`, { body: "Two", version: "1", revision: String(first.basis.revision) });
  const discard = (revision: number, { cookie } = mina) =>
    send(`/p/${id}/draft/delete`, { cookie, form: { revision: String(revision) } });
  expect((await discard(first.basis.revision)).headers.get("location")).toBe(`/p/${id}/edit`);
  expect((await discard(second.basis.revision, omar)).status).toBe(404);
  expect(await db.unsavedEdit.count({ where: { postId: id } })).toBe(1);
  await discard(second.basis.revision);
  expect(await db.unsavedEdit.count({ where: { postId: id } })).toBe(0);
});

test("nobody keeps a text in what somebody else wrote, or hears what stands there", async () => {
  const id = await publish(mina, { title: "Mina's", body: "the *source*" });
  const { postId: draft } = await keepNew({ submissionKey: randomUUID(), body: "the secret" });
  for (const target of [id, draft]) {
    const answer = await send(`/p/${target}/draft`, { cookie: omar.cookie, form: { ...typed, version: "1" } });
    expect([answer.status, answer.body]).toEqual([404, "{}"]);
    expect((await send(`/p/${target}/draft`, { form: typed })).status).toBe(401);
  }
  await db.post.update({ where: { id }, data: { removedAt: new Date() } });
  expect((await keep(`/p/${id}/draft`, { version: "1" })).status).toBe(404);
  expect(await stored(draft)).toMatchObject({ body: "the secret", version: 1 });
});

test.each([
  ["a text of 50,001 characters", { body: "x".repeat(50_001) }, "1 characters too long"],
  ["a title of 151 characters", { title: "x".repeat(151) }, "at most 150"],
  ["a warning of 101 characters", { warning: "x".repeat(101) }, "at most 100"],
  ["an address of 2,001 characters", { url: "x".repeat(2_001) }, "too long"],
  ["a file where the text should be", { body: new File(["x"], "x.png") }, "Enter this as text"],
])("%s is not kept, and it is said why", async (_, fields, why) => {
  const { postId } = await keepNew({ submissionKey: randomUUID() });
  const answer = await send(`/p/${postId}/draft`, { cookie: mina.cookie, form: { ...typed, version: "1", ...fields } });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.body).error).toContain(why);
  expect((await stored(postId)).version).toBe(1);
});

test("half-typed tags and addresses come back as typed, and lead nowhere", async () => {
  const half = {
    tags: "c++, b, Urban Planning, d4, e5, f6, g7",
    url: "javascript:alert(1)",
    submissionKey: randomUUID(),
  };
  const { postId } = await keepNew(half);
  const form = await send(`/p/${postId}/edit`, { cookie: mina.cookie });
  expect(form.body).toContain('value="c++, b, Urban Planning, d4, e5, f6, g7"');
  expect(form.body).toContain('value="javascript:alert(1)"');
  expect((await send(`/p/${postId}`, { cookie: mina.cookie })).body).not.toContain('href="javascript:');
});

test("keeping has its limit, generous for whoever types, and a new draft counts as a new post", async () => {
  const eager = await createPerson({ username: "eager" });
  const drafts = [];
  for (let index = 0; index < 31; index++)
    drafts.push(await keep("/new/draft", { submissionKey: randomUUID(), body: `Draft ${index}` }, eager));
  expect([drafts.at(29)?.status, drafts.at(30)?.status]).toEqual([200, 429]);
  expect(await db.post.count({ where: { authorId: eager.id } })).toBe(30);
  const { postId } = drafts[0] ?? {};
  const answers = [];
  for (let version = 1; version <= 60; version++)
    answers.push(
      (await keep(`/p/${postId}/draft`, { body: `Words ${version}`, version: String(version) }, eager)).status,
    );
  expect(new Set(answers)).toEqual(new Set([200]));
});

test("typing into drafts tells nobody that the site has changed; publishing does", async () => {
  const listener = new pg.Client({ connectionString: settings().databaseUrl });
  await listener.connect();
  let heard = 0;
  listener.on("notification", () => heard++);
  await listener.query("listen content");
  const { postId } = await keepNew({ submissionKey: randomUUID() });
  await keep(`/p/${postId}/draft`, { body: "More", version: "1" });
  const id = await publish(mina, { title: "Heard" });
  await listener.query("select 1");
  const afterPublishing = heard;
  await keep(`/p/${id}/draft`, { body: "More", version: "1" });
  await send(`/p/${postId}/delete`, { cookie: mina.cookie, form: {} });
  await listener.query("select 1");
  expect([afterPublishing, heard]).toEqual([1, 1]);
  await send(`/p/${id}/delete`, { cookie: mina.cookie, form: {} });
  await listener.query("select 1");
  expect(heard).toBe(2);
  await listener.end();
});
