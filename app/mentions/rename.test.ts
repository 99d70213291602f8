import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { rerenderMentions } from "#app/mentions/rerender.server.ts";
import { post, publish, stored } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let old: Person;
let postId: number;
let commentId: number;

const link = (username: string) => `<a href="/u/${username}" class="mention">@${username}</a>`;
const storedComment = () => db.comment.findUniqueOrThrow({ where: { id: commentId } });
const edit = (body: string) => send(`/p/${postId}/edit`, { cookie: mina.cookie, form: { ...post, body } });

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  old = await createPerson({ username: "Old-name" });
  postId = await publish(mina, { body: "Thanks, @OLD-NAME." });
  const answer = await send(`/p/${postId}/comments`, { cookie: mina.cookie, form: { body: "And @old-name again." } });
  commentId = Number(/#comment-(\d+)$/.exec(answer.headers.get("location") ?? "")?.[1]);
  const username = "new-name";
  await db.user.update({
    where: { id: old.id },
    data: { username, usernameKey: username, usernameSkeleton: username },
  });
});

test("with a new username every text that names the person follows, and nothing else about it changes", async () => {
  const { bodyHtml, excerpt, ...before } = await stored(postId);
  expect([bodyHtml, excerpt]).toEqual([`<p dir="auto">Thanks, ${link("Old-name")}.</p>`, "Thanks, @Old-name."]);
  const lines = await db.notification.count();
  await rerenderMentions(old.id);
  await rerenderMentions(old.id);
  expect(await stored(postId)).toEqual({
    ...before,
    bodyHtml: `<p dir="auto">Thanks, ${link("new-name")}.</p>`,
    excerpt: "Thanks, @new-name.",
  });
  expect(await storedComment()).toMatchObject({
    body: "And @old-name again.",
    bodyHtml: `<p dir="auto">And ${link("new-name")} again.</p>`,
    editedAt: null,
    version: 1,
  });
  expect(await db.notification.count()).toBe(lines);
});

test("the old name in a text keeps meaning that person, also when somebody else has it now", async () => {
  await createPerson({ username: "old-name", email: "newcomer@example.org" });
  const body = "Thanks, @old-name, and @new-name too.";
  const preview = await send("/preview", {
    cookie: mina.cookie,
    form: { ...post, body, postId: String(postId) },
    headers: { Accept: "application/json" },
  });
  await edit(body);
  const html = `<p dir="auto">Thanks, ${link("new-name")}, and ${link("new-name")} too.</p>`;
  expect((await stored(postId)).bodyHtml).toBe(html);
  expect(JSON.parse(preview.body).composed.html).toBe(html);
  expect(await db.mention.findMany({ where: { postId }, select: { userId: true, writtenAs: true } })).toEqual(
    expect.arrayContaining([
      { userId: old.id, writtenAs: "old-name" },
      { userId: old.id, writtenAs: "new-name" },
    ]),
  );
  // a text of its own means whoever is called so now
  const fresh = await publish(mina, { body: "Hello @old-name" });
  expect((await stored(fresh)).bodyHtml).toContain(link("old-name"));
});

test("a stranger's preview does not learn whom a text means", async () => {
  const omar = await createPerson({ username: "omar" });
  const answer = await send("/preview", {
    cookie: omar.cookie,
    form: { ...post, body: "@old-name", postId: String(postId) },
    headers: { Accept: "application/json" },
  });
  expect(JSON.parse(answer.body).composed.html).toContain(link("old-name"));
});

test("an edit that comes in between is not lost", async () => {
  await Promise.all([edit("First @new-name"), rerenderMentions(old.id), rerenderMentions(old.id)]);
  expect((await stored(postId)).bodyHtml).toBe(`<p dir="auto">First ${link("new-name")}</p>`);
});

test("more texts than are read at once all follow", async () => {
  const count = 130;
  await db.comment.createMany({
    data: Array.from({ length: count }, () => ({ postId, authorId: mina.id, body: "@new-name", bodyHtml: "stale" })),
  });
  const made = await db.comment.findMany({ where: { bodyHtml: "stale" }, select: { id: true } });
  await db.mention.createMany({
    data: made.map(({ id }) => ({ commentId: id, userId: old.id, writtenAs: "new-name" })),
  });
  await rerenderMentions(old.id);
  expect(await db.comment.count({ where: { bodyHtml: "stale" } })).toBe(0);
});
