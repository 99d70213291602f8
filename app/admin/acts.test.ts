import { beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let people = 0;
let iris: Person;
let omar: Person;
let members: Person[];
let path: string;

beforeEach(async () => {
  people += 1;
  const letter = "abcdefghjkmnpqrtuvwxyz"[people];
  iris = await createPerson({ username: `iris${letter}`, role: "admin" });
  omar = await createPerson({ username: `omar${letter}`, role: "moderator" });
  members = await Promise.all([0, 1, 2].map((n) => createPerson({ username: `member${letter}${"abc"[n]}x` })));
  path = `/admin/users/${omar.username}/acts`;
});

async function act(by: Person, on: Person | undefined, noun: string, form: Record<string, string> = {}) {
  const answer = await send(`/admin/users/${on?.username}/${noun}`, {
    cookie: by.cookie,
    form: { reason: "Spam", ...form },
  });
  expect(answer.status).toBe(302);
  return db.moderationAction.findFirstOrThrow({ orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
}

const undo = async (by: Person, actionId: string) => {
  const form = { reason: "It was wrong" };
  expect((await send(`/moderation/log/${actionId}/undo`, { cookie: by.cookie, form })).status).toBe(302);
};

const today = `?from=${new Date().toISOString().slice(0, 10)}T00:00`;
const seenOn = (body: string) =>
  /name="seen"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="seen"/.exec(body)?.slice(1).find(Boolean) ?? "";
const bannedCount = () => db.user.count({ where: { id: { in: members.map(({ id }) => id) }, banned: true } });

test("what a moderator did in a span of time is shown before it is undone, and undone as one", async () => {
  await act(omar, members[0], "ban", { duration: "7d" });
  await act(omar, members[1], "ban", { duration: "forever" });
  await act(iris, members[2], "ban", { duration: "7d" });
  const shown = await send(path + today, { cookie: iris.cookie });
  expect(shown.body).toContain("Undo all 2 acts");
  expect(shown.body).toContain("2 bans are as before.");
  const seen = seenOn(shown.body);
  const undone = await send(path + today, { cookie: iris.cookie, form: { reason: "He was not himself", seen } });
  expect(undone.headers.get("location")).toBe(`${path}?undone`);
  expect(await bannedCount()).toBe(1);
  const again = await send(path + today, { cookie: iris.cookie, form: { reason: "Once more", seen } });
  expect(again.status).toBe(409);
});

test("an act that the moderator took back in that time stays taken back; what they took back of others comes back", async () => {
  const own = await act(omar, members[0], "ban", { duration: "7d" });
  await undo(omar, own.id);
  const others = await act(iris, members[1], "warning");
  const { id: ban } = await act(iris, members[2], "ban", { duration: "7d" });
  expect(
    (await send(`/admin/users/${members[2]?.username}/unban`, { cookie: omar.cookie, form: { reason: "Not so" } }))
      .status,
  ).toBe(302);
  const { body } = await send(path + today, { cookie: iris.cookie });
  expect(body).toContain("Undo all 3 acts");
  const form = { reason: "As if he had never been", seen: seenOn(body) };
  expect((await send(path + today, { cookie: iris.cookie, form })).status).toBe(302);
  const standing = await db.user.findMany({ where: { banned: true, id: { in: members.map(({ id }) => id) } } });
  expect(standing.map(({ id }) => id)).toEqual([members[2]?.id]);
  expect(await db.actEffect.count({ where: { actionId: { in: [others.id, ban] }, undoneAt: { not: null } } })).toBe(0);
});

test("what was done since the page was shown is not undone unseen", async () => {
  await act(omar, members[0], "warning");
  const seen = seenOn((await send(path + today, { cookie: iris.cookie })).body);
  await act(omar, members[1], "warning");
  const answer = await send(path + today, { cookie: iris.cookie, form: { reason: "All of it", seen } });
  expect(answer.status).toBe(409);
  expect(answer.body).toContain("Something has changed since you looked");
  expect(await db.moderationAction.count({ where: { kind: "undo", moderatorId: iris.id } })).toBe(0);
  expect(seenOn(answer.body).split(" ")).toHaveLength(2);
});

test("a moderator does not undo what an admin did, and nothing of it is undone", async () => {
  await act(iris, members[0], "warning");
  const at = `/admin/users/${iris.username}/acts${today}`;
  const { body } = await send(at, { cookie: omar.cookie });
  const answer = await send(at, { cookie: omar.cookie, form: { reason: "Not so", seen: seenOn(body) } });
  expect(answer.status).toBe(403);
});

test.each(["?from=x", "?from=2026-99-99T00:00", "?to=%00", "?after=zz-x", `?after=abc-${"0".repeat(36)}`])(
  "%s shows acts or a polite none",
  async (query) => expect((await send(path + query, { cookie: iris.cookie })).status).toBe(200),
);
