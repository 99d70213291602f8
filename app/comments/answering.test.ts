import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { added, createComments, createPost, say } from "#app/comments/test-comments.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;
let bela: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina" });
  omar = await createPerson({ username: "omar", name: "Omar" });
  bela = await createPerson({ username: "bela", name: "Béla" });
});

beforeEach(async () => {
  await db.rateLimit.deleteMany();
  await db.notification.deleteMany();
  await db.mute.deleteMany();
});

/** Who is told of what by whom. */
async function toldOf(commentId: number) {
  const lines = await db.notification.findMany({
    where: { commentId },
    select: { kind: true, user: { select: { username: true } }, actors: { select: { actor: true } } },
  });
  return lines.map(({ kind, user, actors }) => `${user.username}: ${kind} by ${actors.map((a) => a.actor.username)}`);
}

test("a form that is sent twice makes one comment, also at the same moment", async () => {
  const postId = await createPost(mina);
  const submissionKey = randomUUID();
  const answers = await Promise.all(Array.from({ length: 6 }, () => say(omar, postId, "once", { submissionKey })));
  expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.get("location")}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(302);
  expect(await db.comment.count({ where: { postId } })).toBe(1);
});

test("a form that was used comes back with another text, and the next press sends it", async () => {
  const postId = await createPost(mina);
  const submissionKey = randomUUID();
  await added(say(omar, postId, "first", { submissionKey }));
  const second = await say(omar, postId, "second", { submissionKey });
  expect(second.status).toBe(409);
  expect(second.body).toContain("second</textarea>");
  const next = /name="submissionKey" value="([^"]+)"/.exec(second.body)?.[1] ?? "";
  expect(next).not.toBe(submissionKey);
  await added(say(omar, postId, "second", { submissionKey: next }));
  await added(say(bela, postId, "third", { submissionKey }));
  expect(await db.comment.count({ where: { postId } })).toBe(3);
});

test("who is answered is told, once, and nobody of their own words", async () => {
  const postId = await createPost(mina);
  const comment = await added(say(omar, postId, "a comment"));
  expect(await toldOf(comment)).toEqual(["mina: reply by omar"]);
  const reply = await added(say(bela, postId, "a reply", { parentId: comment }));
  expect((await toldOf(reply)).sort()).toEqual(["mina: reply by bela", "omar: reply by bela"]);
  const own = await added(say(mina, postId, "her own", { parentId: await added(say(mina, postId, "hers")) }));
  expect(await toldOf(own)).toEqual([]);
  const back = await added(say(mina, postId, "back", { parentId: reply }));
  expect(await toldOf(back)).toEqual(["bela: reply by mina"]);
  const toBoth = await added(say(bela, postId, "to both", { parentId: back }));
  expect(await toldOf(toBoth)).toEqual(["mina: reply by bela"]);
});

test("nobody is told of what somebody whom they muted says", async () => {
  const postId = await createPost(mina);
  await db.mute.create({ data: { muterId: mina.id, mutedId: omar.id } });
  expect(await toldOf(await added(say(omar, postId, "unheard")))).toEqual([]);
});

test("whoever was blocked by a post's or a comment's author cannot answer them, and does not learn by whom", async () => {
  const [minas, belas] = [await createPost(mina), await createPost(bela)];
  const ofMina = await added(say(mina, belas, "mine"));
  await db.mute.create({ data: { muterId: mina.id, mutedId: omar.id, kind: "block" } });
  for (const [postId, parentId] of [
    [minas, undefined],
    [belas, ofMina],
  ] as const) {
    const answer = await say(omar, postId, "let me in", { parentId });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("You cannot comment here. Your text is below.");
    expect(answer.body).toContain("let me in</textarea>");
    expect(answer.body).not.toMatch(/block/i);
  }
  await added(say(omar, belas, "to the others"));
  await added(say(bela, minas, "somebody else"));
  expect(await db.comment.count({ where: { authorId: omar.id, body: "let me in" } })).toBe(0);
});

test("a preview shows the comment as it will look and keeps nothing", async () => {
  const postId = await createPost(mina);
  const path = `/p/${postId}/comments?preview`;
  const shown = await send(path, { cookie: omar.cookie, form: { body: "# Big\n\n*so* <script>", submissionKey: "k" } });
  expect(shown.status).toBe(200);
  expect(shown.body).toContain("<em>so</em>");
  expect(shown.body).toContain("*so* &lt;script&gt;</textarea>");
  expect((await send(path, { cookie: omar.cookie, form: { body: " " } })).status).toBe(400);
  expect(await db.comment.count({ where: { postId } })).toBe(0);
  expect(await db.notification.count()).toBe(0);
});

test("a reply may begin with a quotation of what it answers, in no more statements", async () => {
  const postId = await createPost(mina);
  const [id = 0] = await createComments([{ postId, authorId: bela.id, body: "two\nlines" }]);
  const form = await send(`/p/${postId}/on-benches?reply=${id}`, { cookie: omar.cookie });
  expect(form.body).toContain(`reply=${id}&amp;quote#comment-${id}`);
  const quoting = await send(`/p/${postId}/on-benches?reply=${id}&quote`, { cookie: omar.cookie });
  expect(quoting.statements).toHaveLength(4);
  expect(quoting.body).toContain("&gt; two\n&gt; lines\n\n</textarea>");
  await db.comment.update({ where: { id }, data: { removedAt: new Date() } });
  await createComments([{ postId, authorId: mina.id, parentId: id }]);
  const gone = await send(`/p/${postId}/on-benches?reply=${id}&quote`, { cookie: omar.cookie });
  expect(gone.body).not.toContain("two");
});

test("wherever the connection breaks, a reply is there with its counts and who is told, or not at all", async () => {
  const postId = await createPost(mina);
  const [parentId = 0] = await createComments([{ postId, authorId: bela.id }]);
  const traces = () =>
    Promise.all([
      db.comment.count({ where: { postId } }),
      db.notification.count(),
      db.notificationActor.count(),
      db.userCounts.findUnique({ where: { userId: omar.id } }),
      db.post.findUniqueOrThrow({ where: { id: postId }, select: { commentCount: true } }),
    ]);
  const before = await traces();
  const form = { body: "hello", parentId: String(parentId), submissionKey: randomUUID() };
  let broken = 0;
  for (; ; broken++) {
    const fault = new BrokenConnection(broken);
    const { beforeStatement } = fault;
    const { status } = await send(`/p/${postId}/comments`, { cookie: omar.cookie, form, beforeStatement });
    await fault.settle();
    if (!fault.happened) break;
    expect(status).toBeGreaterThanOrEqual(500);
    expect(await traces()).toEqual(before);
  }
  expect(broken).toBe(10);
  expect((await traces()).slice(0, 3)).toEqual([2, 2, 2]);
});
