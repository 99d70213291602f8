import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { added, createComments, createPost, say } from "#app/comments/test-comments.ts";
import { post, publish, stored } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { setGates, somePicture } from "#app/trust/test-gates.ts";

let mina: Person;
let postId: number;
let serial = 0;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
});

beforeEach(async () => {
  await db.siteSetting.deleteMany();
  await db.rateLimit.deleteMany();
  postId = await createPost(mina);
});

function newcomer(): Promise<Person> {
  serial += 1;
  return createPerson({ username: `newcomer-${serial}` });
}

const link = "See [this](https://away.example/buy).";
const picture = "![A hat](/media/0123456789abcdef0123456789abcdef-64x64.webp)";

/** Every door through which a text gets to readers; each answers with the form. */
const doors: [string, (person: Person, text: string) => ReturnType<typeof send>][] = [
  ["the page of a new post", (person, body) => send("/new", { cookie: person.cookie, form: { ...post, body } })],
  ["its data", (person, body) => send("/new.data", { cookie: person.cookie, form: { ...post, body } })],
  ["the publishing of a draft", async (person, body) => publishDraft(person, body)],
  ["the editing of a post", async (person, body) => editPost(person, body)],
  ["a comment", (person, body) => say(person, postId, body)],
  ["a comment's data", (person, body) => send(`/p/${postId}/comments.data`, { cookie: person.cookie, form: { body } })],
  ["the editing of a comment", async (person, body) => editComment(person, body)],
];

async function publishDraft(person: Person, body: string) {
  const { id } = await db.post.create({
    data: { authorId: person.id, title: "Kept", body, bodyHtml: "", excerpt: "", tags: ["garden"] },
  });
  return send(`/p/${id}/edit`, { cookie: person.cookie, form: { ...post, body } });
}

async function editPost(person: Person, body: string) {
  const id = await createPost(person);
  return send(`/p/${id}/edit`, { cookie: person.cookie, form: { ...post, body } });
}

async function editComment(person: Person, body: string) {
  const [id] = await createComments([{ postId, authorId: person.id }]);
  return send(`/comments/${id}/edit`, { cookie: person.cookie, form: { body } });
}

/** All of somebody's that readers could get to see. */
async function readersSee({ id: authorId }: Person): Promise<string> {
  const posts = await db.post.findMany({ where: { authorId, status: "published" } });
  const comments = await db.comment.findMany({ where: { authorId } });
  return JSON.stringify([...posts, ...comments].map(({ bodyHtml }) => bodyHtml));
}

describe.each(doors)("%s", (_door, write) => {
  test.each([
    ["a link", link, { newLinks: "no" }, "no links"],
    ["a bare address", "See https://away.example/buy now", { newLinks: "no" }, "no links"],
    ["a picture", picture, { newImages: "no" }, "no pictures"],
  ])("takes no text of a new account with %s, says why, and keeps the text", async (_what, body, gates, message) => {
    const person = await newcomer();
    await setGates(gates);
    const answer = await write(person, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(message);
    expect(answer.body).toContain(body.includes("away.example") ? "away.example" : "/media/");
    expect(await readersSee(person)).not.toMatch(/away\.example|media/);
  });

  test("takes it from the first day on unless the site says otherwise", async () => {
    const person = await newcomer();
    const answer = await write(person, link);
    expect([202, 302]).toContain(answer.status);
    expect(await readersSee(person)).toContain("away.example");
  });

  test("takes nothing of somebody who is silenced, and says until when and where the reason stands", async () => {
    const person = await newcomer();
    await db.user.update({ where: { id: person.id }, data: { silencedUntil: new Date(Date.now() + 86_400_000) } });
    const answer = await write(person, "silenced words");
    expect(answer.status).toBe(403);
    expect(answer.body).toContain("only read until");
    expect(await readersSee(person)).not.toContain("silenced words");
  });

  test("takes it again when the silence is over", async () => {
    const person = await newcomer();
    await db.user.update({ where: { id: person.id }, data: { silencedUntil: new Date(Date.now() - 1_000) } });
    expect([202, 302]).toContain((await write(person, "free words")).status);
  });
});

test("a link that a published text had already may stay when it is edited", async () => {
  const person = await newcomer();
  const id = await publish(person, { body: link });
  await setGates({ newLinks: "no" });
  const typo = await send(`/p/${id}/edit`, { cookie: person.cookie, form: { ...post, body: `${link} Better.` } });
  expect(typo.status).toBe(302);
  const more = `${link} [And](https://other.example)`;
  expect((await send(`/p/${id}/edit`, { cookie: person.cookie, form: { ...post, body: more } })).status).toBe(400);
});

test("the field of a link is a link too, and one to the site itself is none", async () => {
  const person = await newcomer();
  await setGates({ newLinks: "no" });
  const away = await send("/new", { cookie: person.cookie, form: { ...post, url: "https://away.example" } });
  expect(away.status).toBe(400);
  expect(away.body).toMatch(/id="post-url-error"[^>]*>Your account is new/);
  await publish(person, { body: "See [here](http://localhost:3000/p/1) and @mina" });
});

test("a silenced person's drafts are still saved", async () => {
  const person = await newcomer();
  await db.user.update({ where: { id: person.id }, data: { silencedUntil: new Date(Date.now() + 86_400_000) } });
  const saved = await send("/new", { cookie: person.cookie, form: { ...post, status: "draft" } });
  expect(saved.status).toBe(302);
  const kept = await send("/new/draft", {
    cookie: person.cookie,
    form: { ...post, submissionKey: crypto.randomUUID() },
  });
  expect(kept.status).toBe(200);
});

test("forms say beforehand what a gate will not let through", async () => {
  const person = await newcomer();
  const [commentId] = await createComments([{ postId, authorId: person.id }]);
  const own = await createPost(person);
  const pages = ["/new", `/p/${own}/edit`, `/p/${postId}/on-benches`, `/comments/${commentId}/edit`];
  for (const page of pages) expect((await send(page, { cookie: person.cookie })).body).not.toContain("gate-notice");
  await setGates({ newLinks: "no" });
  for (const page of pages) {
    const { body } = await send(page, { cookie: person.cookie });
    expect(body, page).toMatch(/gate-notice[^>]*>Your account is new: until/);
    expect(body).toContain('href="/about/trust"');
  }
  await db.user.update({ where: { id: person.id }, data: { silencedUntil: new Date(Date.now() + 86_400_000) } });
  for (const page of pages) {
    const { body } = await send(page, { cookie: person.cookie });
    expect(body, page).toContain("only read until");
    expect(body).toContain('href="/settings/decisions"');
  }
  const { body } = await send(`/p/${postId}/on-benches`, { cookie: person.cookie });
  expect(body).not.toContain("<textarea");
});

test("a new account's pictures are refused where they are taken: beside the form, in it, and in its preview", async () => {
  const person = await newcomer();
  await setGates({ newImages: "no" });
  const image = await somePicture();
  const beside = await send("/images", { cookie: person.cookie, form: { image } });
  expect(beside.status).toBe(400);
  expect(beside.body).toContain("no pictures");
  for (const page of ["/new", "/preview"]) {
    const answer = await send(page, { cookie: person.cookie, form: { ...post, image } });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("no pictures");
  }
  expect(await db.upload.count({ where: { ownerId: person.id } })).toBe(0);
});

test("of many at once at the limit of a day, as many are taken as are left", async () => {
  const person = await newcomer();
  await setGates({ newPostsPerDay: 3, newCommentsPerDay: 2 });
  const posts = await Promise.all(
    [1, 2, 3, 4, 5].map((each) => send("/new", { cookie: person.cookie, form: { ...post, title: `Post ${each}` } })),
  );
  expect(posts.map(({ status }) => status).sort()).toEqual([302, 302, 302, 429, 429]);
  const comments = await Promise.all([1, 2, 3, 4].map((each) => say(person, postId, `Comment ${each}`)));
  expect(comments.map(({ status }) => status).sort()).toEqual([302, 302, 429, 429]);
  expect(comments.find(({ status }) => status === 429)?.body).toContain("in the last 24 hours");
});

test("deleting what was published gives no place free, and a draft takes none", async () => {
  const person = await newcomer();
  await setGates({ newPostsPerDay: 1 });
  const id = await publish(person);
  await send(`/p/${id}/delete`, { cookie: person.cookie, form: {} });
  const again = await send("/new", { cookie: person.cookie, form: post });
  expect(again.status).toBe(429);
  expect(again.headers.get("retry-after")).toBe("3600");
  expect((await send("/new", { cookie: person.cookie, form: { ...post, status: "draft" } })).status).toBe(302);
  await db.post.update({ where: { id }, data: { publishedAt: new Date(Date.now() - 86_400_001) } });
  expect((await send("/new", { cookie: person.cookie, form: post })).status).toBe(302);
});

test("a form that is sent twice is answered as the first time, also when it took the day's last place", async () => {
  const person = await newcomer();
  await setGates({ newPostsPerDay: 1, newCommentsPerDay: 1 });
  const form = { ...post, submissionKey: crypto.randomUUID() };
  const [first, second] = [
    await send("/new", { cookie: person.cookie, form }),
    await send("/new", { cookie: person.cookie, form }),
  ];
  expect(second.headers.get("location")).toBe(first.headers.get("location"));
  const submissionKey = crypto.randomUUID();
  const id = await added(say(person, postId, "once", { submissionKey }));
  expect(await added(say(person, postId, "once", { submissionKey }))).toBe(id);
});

test("acts against somebody make them new again, and not those that were undone or restored", async () => {
  const person = await newcomer();
  await setGates({ newDays: 0, newContributions: 0, actsAgainst: 2, newLinks: "no" });
  const removed = await createPost(person, { removedAt: new Date() });
  const act = (kind: string, data: object = {}) =>
    db.moderationAction.create({
      data: {
        kind,
        moderatorUsername: "omar",
        subjectUserId: person.id,
        subjectUsername: "x",
        reason: "For once",
        ...data,
      },
    });
  const warning = await act("warn");
  await db.actEffect.create({ data: { actionId: warning.id, aspect: "warning", subject: person.id } });
  await act("remove-post", { subjectPostId: removed });
  await act("lock-post", { subjectPostId: removed });
  const writes = () => send("/new", { cookie: person.cookie, form: { ...post, body: link } });
  const refused = await writes();
  expect(refused.status).toBe(400);
  expect(refused.body).toContain("counts as new again");
  await db.post.update({ where: { id: removed }, data: { removedAt: null } });
  expect((await writes()).status).toBe(302);
  await db.post.update({ where: { id: removed }, data: { removedAt: new Date() } });
  await db.actEffect.updateMany({ where: { actionId: warning.id }, data: { undoneAt: new Date() } });
  expect((await writes()).status).toBe(302);
});

test("a locked post says so to everybody, shows no form and takes no comment", async () => {
  await db.post.update({ where: { id: postId }, data: { lockedAt: new Date() } });
  for (const cookie of [undefined, mina.cookie]) {
    const { body } = await send(`/p/${postId}/on-benches`, { cookie });
    expect(body).toContain("A moderator has locked this post");
    expect(body).not.toContain("<textarea");
    expect(body).not.toContain("Sign in to comment");
  }
  const answer = await say(mina, postId, "in spite of it");
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("in spite of it</textarea>");
  expect((await stored(postId)).commentCount).toBe(0);
});
