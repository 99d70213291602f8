import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { added, say } from "#app/comments/test-comments.ts";
import { leaves } from "#app/deletions/test-leaving.ts";
import { snapshot } from "#app/moderation/test-bans.ts";
import { publish } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";
import { setGates } from "#app/trust/test-gates.ts";

let omar: Person;
let mina: Person;
let bela: Person;
let newcomer: Person;
let serial = 0;

beforeAll(async () => {
  omar = await createPerson({ username: "omar", role: "moderator" });
});

beforeEach(async () => {
  await setGates({ heldPosts: 1 });
  await db.rateLimit.deleteMany();
  serial += 1;
  mina = await createPerson({ username: `mina-${serial}` });
  bela = await createPerson({ username: `bela-${serial}` });
  newcomer = await createPerson({ username: `newcomer-${serial}` });
});

/** A post of somebody who has been looked at before. */
async function settledPost(author: Person): Promise<number> {
  await setGates({ heldPosts: 0 });
  const id = await publish(author, { title: "On benches" });
  await setGates({ heldPosts: 1 });
  return id;
}

async function holdComment(postId: number, body: string, parentId?: number): Promise<number> {
  await say(newcomer, postId, body, { parentId });
  const comment = await db.comment.findFirstOrThrow({ where: { authorId: newcomer.id }, orderBy: { id: "desc" } });
  expect(comment.heldAt).not.toBeNull();
  return comment.id;
}

/** A moderator's act; its id in the log. */
async function act(path: string): Promise<string> {
  const form = { reason: "Looked at", rule: "spam" };
  expect((await send(path, { cookie: omar.cookie, form })).status).toBe(302);
  const { id } = await db.moderationAction.findFirstOrThrow({ orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
  return id;
}

const undo = (actionId: string) => act(`/moderation/log/${actionId}/undo`);

/** What somebody was told by others, each line with who is in it. */
async function toldTo({ id: userId }: Person) {
  const lines = await db.notification.findMany({
    where: { userId, kind: { not: "moderation" } },
    select: { kind: true, postId: true, commentId: true, actors: { select: { actorId: true } } },
  });
  return lines.map(({ kind, postId, commentId, actors }) => {
    expect(actors).toEqual([{ actorId: newcomer.id }]);
    return `${kind} ${postId ? `post ${postId}` : `comment ${commentId}`}`;
  });
}

test("whoever is named in a post that waits is told when it is approved, and finds it there", async () => {
  const id = await publish(newcomer, { title: "First words", body: `@${mina.username} and @${newcomer.username}` });
  expect(await toldTo(mina)).toEqual([]);
  await act(`/p/${id}/approval`);
  expect(await toldTo(mina)).toEqual([`mention post ${id}`]);
  expect(await toldTo(newcomer)).toEqual([]);
  const list = await send("/notifications", { cookie: mina.cookie });
  expect(list.body).toContain("First words");
});

test("an approval that is undone takes back nothing that was told, and another one tells nothing new", async () => {
  const id = await publish(newcomer, { title: "First words", body: `@${mina.username}` });
  const approved = await act(`/p/${id}/approval`);
  await undo(approved);
  expect(await toldTo(mina)).toEqual([`mention post ${id}`]);
  // Read meanwhile, it would have a line of its own.
  await db.notification.updateMany({ where: { userId: mina.id }, data: { readAt: new Date() } });
  await act(`/p/${id}/approval`);
  await act(`/p/${id}/removal`);
  await act(`/p/${id}/restoration`);
  expect(await toldTo(mina)).toEqual([`mention post ${id}`]);
});

test("a text that was removed while it waited tells when it is restored", async () => {
  const postId = await settledPost(mina);
  const id = await holdComment(postId, "good words after all");
  await act(`/comments/${id}/removal`);
  expect(await toldTo(mina)).toEqual([]);
  await act(`/comments/${id}/restoration`);
  expect(await toldTo(mina)).toEqual([`reply comment ${id}`]);
});

test("a text that never waited tells nothing when it is restored", async () => {
  await setGates({ heldPosts: 0 });
  const id = await publish(newcomer, { title: "Known words", body: `@${mina.username}` });
  await db.notification.deleteMany({ where: { userId: mina.id } });
  await act(`/p/${id}/removal`);
  await act(`/p/${id}/restoration`);
  expect(await toldTo(mina)).toEqual([]);
});

test("an approved comment tells whom it answers, each of them once, and whom else it names", async () => {
  const postId = await settledPost(mina);
  await setGates({ heldPosts: 0 });
  const parentId = await added(say(bela, postId, "An opinion"));
  await db.notification.deleteMany({ where: { userId: mina.id } });
  await setGates({ heldPosts: 1 });
  const named = await createPerson({ username: `named-${serial}` });
  const id = await holdComment(postId, `@${mina.username} @${bela.username} @${named.username} look`, parentId);
  await act(`/comments/${id}/approval`);
  for (const person of [mina, bela]) expect(await toldTo(person)).toEqual([`reply comment ${id}`]);
  expect(await toldTo(named)).toEqual([`mention comment ${id}`]);
});

test("whoever muted or blocked the author meanwhile, or left, is told nothing", async () => {
  const postId = await settledPost(mina);
  const gone = await createPerson({ username: `gone-${serial}` });
  const id = await holdComment(postId, `@${bela.username} @${gone.username} look`);
  await send(`/u/${newcomer.username}/mute`, { cookie: mina.cookie, form: { on: "true" } });
  await send(`/u/${newcomer.username}/block`, { cookie: bela.cookie, form: { on: "true" } });
  await leaves(gone.id, "keep");
  await act(`/comments/${id}/approval`);
  for (const person of [mina, bela, gone]) expect(await toldTo(person)).toEqual([]);
});

test("whatever statement of an approval fails, nobody is told and nothing has happened", async () => {
  const postId = await settledPost(mina);
  const id = await holdComment(postId, `@${bela.username} look`);
  const before = await snapshot();
  for (let failing = 1; ; failing++) {
    const form = { reason: "Looked at" };
    const beforeStatement = failAt(failing);
    const answer = await send(`/comments/${id}/approval`, { cookie: omar.cookie, form, beforeStatement });
    if (answer.status === 302) break;
    expect(answer.status).toBe(500);
    expect(await snapshot(), `after failing at: ${answer.statements.at(-1)}`).toEqual(before);
  }
  expect(await toldTo(bela)).toEqual([`mention comment ${id}`]);
});

test("two who approve at once tell once", async () => {
  const id = await publish(newcomer, { title: "First words", body: `@${mina.username}` });
  const vera = await createPerson({ username: `vera-${serial}`, role: "moderator" });
  const approve = ({ cookie }: Person) => send(`/p/${id}/approval`, { cookie, form: { reason: "Looked at" } });
  const answers = await Promise.all([approve(omar), approve(vera)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 409]);
  expect(await toldTo(mina)).toEqual([`mention post ${id}`]);
});
