import { beforeAll, expect, test } from "vitest";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { continueBulk, stepSize } from "#app/moderation/bulk.server.ts";
import { snapshot } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { startJobs, stopJobs } from "#app/server/jobs.server.ts";
import { send } from "#app/server/test-request.ts";

let iris: Person;
let vera: Person;
let omar: Person;

beforeAll(async () => {
  iris = await createPerson({ username: "iris", role: "admin" });
  vera = await createPerson({ username: "vera", role: "admin" });
  omar = await createPerson({ username: "omar", role: "moderator" });
  await startJobs({ polling: false });
  return stopJobs;
});

const reason = "It was the wrong one";

async function act(by: Person, path: string, form: Record<string, string> = {}): Promise<string> {
  const answer = await send(path, { cookie: by.cookie, form: { reason: "Adverts", ...form } });
  expect(answer.status, answer.body.slice(0, 300)).toBe(302);
  const { id } = await db.moderationAction.findFirstOrThrow({ orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
  return id;
}

async function undo(by: Person, actionId: string, form: Record<string, string> = { reason }): Promise<number> {
  return (await send(`/moderation/log/${actionId}/undo`, { cookie: by.cookie, form })).status;
}

test("a ban that is undone never was: every device is signed in, also those that came during it", async () => {
  const mina = await createPerson({ username: "mina" });
  const banned = await act(omar, "/admin/users/mina/ban", { duration: "7d" });
  const during = await createSession(mina.id);
  expect((await send("/drafts", { cookie: mina.cookie })).status).toBe(403);
  expect(await undo(omar, banned)).toBe(302);
  for (const cookie of [mina.cookie, during]) expect((await send("/drafts", { cookie })).status).toBe(200);
});

test("an undo is undone, and what it took back counts again", async () => {
  const person = await createPerson({ username: "to-and-fro" });
  const banned = await act(omar, "/admin/users/to-and-fro/ban", { duration: "7d" });
  await undo(omar, banned);
  const { id } = await db.moderationAction.findFirstOrThrow({ where: { kind: "undo", reversesId: banned } });
  expect(await undo(iris, id)).toBe(302);
  expect((await send("/drafts", { cookie: person.cookie })).status).toBe(403);
  const record = await send("/admin/users/to-and-fro", { cookie: omar.cookie });
  expect(record.body.match(/· undone/g)).toHaveLength(1);
});

test("a name that was given comes off again, and is nobody's trace", async () => {
  const person = await createPerson({ username: "rude-name", name: "Rude" });
  const renamed = await act(omar, "/admin/users/rude-name/username", { username: "kind-name" });
  expect((await send("/u/rude-name")).headers.get("location")).toBe("/u/kind-name");
  expect(await undo(omar, renamed)).toBe(302);
  expect(await db.user.findUnique({ where: { id: person.id } })).toMatchObject({
    username: "rude-name",
    usernameKey: "rude-name",
    usernameSkeleton: expect.stringMatching(/^rude-name$/),
  });
  expect((await send("/u/kind-name")).status).toBe(404);
  expect(await db.heldUsername.count({ where: { userId: person.id } })).toBe(0);
});

test("who may not do an act does not undo it, and nobody undoes it twice", async () => {
  const member = await createPerson({ username: "somebody" });
  const promoted = await act(iris, "/admin/users/somebody/role", { role: "moderator" });
  const before = await snapshot();
  expect(await undo(omar, promoted), "a moderator on a moderator").toBe(403);
  expect(await undo(member, promoted), "whom it concerns").toBe(403);
  expect(await undo(iris, promoted, { reason: "" })).toBe(400);
  expect(await undo(iris, "0190a1b2-0000-7000-8000-000000000000")).toBe(404);
  expect(await undo(iris, "1 or 1=1")).toBe(404);
  expect(await snapshot()).toEqual(before);
  const answers = await Promise.all([undo(iris, promoted), undo(vera, promoted)]);
  expect(answers.sort()).toEqual([302, 409]);
});

test("what an admin did is an admin's to undo, and nobody undoes alone what was done to an admin", async () => {
  await createPerson({ username: "warned" });
  const warned = await act(iris, "/admin/users/warned/warning");
  expect(await undo(omar, warned)).toBe(403);
  await createPerson({ username: "third-admin" });
  const promoted = await act(iris, "/admin/users/third-admin/role", { role: "admin" });
  expect(await undo(vera, promoted)).toBe(403);
  expect(await db.user.findUnique({ where: { usernameKey: "third-admin" } })).toMatchObject({
    role: "admin",
  });
});

test("a ban that hides very many posts does so in steps, goes on after a stop, and is undone as one", async () => {
  const writer = await createPerson({ username: "prolific" });
  const text = { title: "A post", body: "Words", bodyHtml: "<p>Words</p>", excerpt: "Words", tags: ["many"] };
  await db.post.createMany({
    data: Array.from({ length: 2 * stepSize + 50 }, () => ({
      authorId: writer.id,
      ...text,
      status: "published" as const,
      publishedAt: new Date(),
    })),
  });
  const before = await shown(writer);
  const banned = await act(omar, "/admin/users/prolific/ban", { duration: "forever", content: "hidden" });
  const bulk = await db.bulkAct.findFirstOrThrow({ where: { actionId: banned } });
  expect(bulk).toMatchObject({ done: 0, endedAt: null });
  // Two processes at it at once, one of them a second time.
  await Promise.all([continueBulk(bulk.id), continueBulk(bulk.id)]);
  await continueBulk(bulk.id);
  expect(await shown(writer)).toEqual({ posts: 0, counted: 0, tagged: 0 });
  expect(await db.actEffect.count({ where: { actionId: banned } })).toBe(2 * stepSize + 51);
  expect(await undo(omar, banned)).toBe(302);
  const undoing = await db.bulkAct.findFirstOrThrow({ where: { actionId: banned, direction: "undo" } });
  await continueBulk(undoing.id);
  expect(await shown(writer)).toEqual(before);
});

async function shown({ id }: Person): Promise<{ posts: number; counted: number; tagged: number }> {
  const posts = await db.post.count({ where: { authorId: id, removedAt: null } });
  const { postCount } = await db.user.findUniqueOrThrow({ where: { id } });
  const tag = await db.tag.findUniqueOrThrow({ where: { name: "many" } });
  return { posts, counted: postCount, tagged: tag.postCount };
}
