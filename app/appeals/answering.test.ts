import { beforeAll, beforeEach, expect, test } from "vitest";
import { answerTo, appeal, decideOn, lastActionOn } from "#app/appeals/test-appeals.ts";
import { listQueuedMails } from "#app/auth/test-browser.ts";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { snapshot } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;
let petra: Person;
let iris: Person;

beforeAll(async () => {
  omar = await createPerson({ username: "omar", role: "moderator" });
  petra = await createPerson({ username: "petra", role: "moderator" });
  iris = await createPerson({ username: "iris", role: "admin" });
});

let number = 0;
beforeEach(async () => {
  mina = await createPerson({ username: `mina-${"abcdefghijkm"[number++]}` });
});

const everything = async () => ({
  ...(await Object.assign({}, await snapshot())),
  appeals: await db.appeal.findMany({ orderBy: { id: "asc" } }),
  notifications: await db.notification.findMany({ orderBy: { id: "asc" } }),
  effects: await db.actEffect.findMany({ orderBy: { id: "asc" } }),
});

test("an appeal that is granted undoes the act, and is told", async () => {
  const silence = await decideOn(omar, mina, "silence", { duration: "7d" });
  const id = await appeal(mina, silence);
  expect((await send("/moderation/appeals", { cookie: petra.cookie })).body).toContain(`/moderation/appeals/${id}`);
  expect((await answerTo(petra, id, true)).status).toBe(302);
  expect((await db.user.findUniqueOrThrow({ where: { id: mina.id } })).silencedUntil).toBeNull();
  const { body } = await send(`/decisions/${silence}`, { cookie: mina.cookie });
  expect(body).toContain("The answer: granted");
  expect(body).toContain("We looked at it again");
  expect(body).toContain("undone after your appeal");
  expect((await send("/notifications", { cookie: mina.cookie })).body).toContain(
    "A moderator took back a decision about you",
  );
  expect((await send("/moderation/appeals", { cookie: petra.cookie })).body).not.toContain(`/moderation/appeals/${id}`);
  expect((await send(`/moderation/appeals/${id}`, { cookie: omar.cookie })).body).toContain("By @petra");
});

test("an appeal that is not granted leaves the act standing, and its answer is told and logged", async () => {
  const silence = await decideOn(omar, mina, "silence", { duration: "7d" });
  const id = await appeal(mina, silence);
  expect((await answerTo(petra, id, false)).status).toBe(302);
  expect((await db.user.findUniqueOrThrow({ where: { id: mina.id } })).silencedUntil).not.toBeNull();
  expect((await send(`/decisions/${silence}`, { cookie: mina.cookie })).body).toContain("the decision stands");
  const told = await send("/notifications", { cookie: mina.cookie });
  expect(told.body).toContain("Your appeal was answered");
  expect(told.body).toContain(`href="/decisions/${silence}"`);
  const line = await db.moderationAction.findUniqueOrThrow({ where: { id: await lastActionOn(mina.id) } });
  expect(line).toMatchObject({ kind: "appeal", moderatorId: petra.id, reason: "We looked at it again" });
  expect((await answerTo(iris, id, true)).status).toBe(409);
});

test("whoever acted does not answer, nor does a member, nor a moderator where an admin acted", async () => {
  const byOmar = await appeal(mina, await decideOn(omar, mina, "warning"));
  const before = await everything();
  const own = await answerTo(omar, byOmar, false);
  expect(own.status).toBe(403);
  expect((await send(`/moderation/appeals/${byOmar}`, { cookie: omar.cookie })).body).toContain(
    "You had a part in this decision: somebody else answers.",
  );
  expect((await answerTo(omar, byOmar, true)).status).toBe(403);
  expect((await answerTo(mina, byOmar, true)).status).toBe(404);
  expect(await everything()).toEqual(before);
  const byIris = await appeal(mina, await decideOn(iris, mina, "warning"));
  expect((await answerTo(petra, byIris, true)).status).toBe(403);
  expect((await answerTo(petra, byIris, false)).status).toBe(403);
});

test("where nobody else can, an admin answers an appeal against their own act, after seven days", async () => {
  const id = await appeal(mina, await decideOn(iris, mina, "warning"));
  expect((await send(`/moderation/appeals/${id}`, { cookie: iris.cookie })).body).toContain(
    "nobody else on the staff can answer. An admin may from",
  );
  expect((await answerTo(iris, id, true)).status).toBe(403);
  await db.appeal.update({ where: { id }, data: { createdAt: new Date(Date.now() - 7.01 * 86_400_000) } });
  expect((await answerTo(iris, id, true)).status).toBe(302);
});

test("of two who answer at once one is told that it is answered", async () => {
  for (const granted of [true, false]) {
    const id = await appeal(mina, await decideOn(omar, mina, "warning"));
    const answers = await Promise.all([answerTo(petra, id, granted), answerTo(iris, id, granted)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 409]);
  }
});

test("an appeal against what was undone meanwhile can still be granted", async () => {
  const warning = await decideOn(omar, mina, "warning");
  const id = await appeal(mina, warning);
  await send(`/moderation/log/${warning}/undo`, { cookie: omar.cookie, form: { reason: "The wrong person" } });
  expect((await answerTo(petra, id, true)).status).toBe(302);
  expect((await send("/notifications", { cookie: mina.cookie })).body).toContain("Your appeal was answered");
});

test("a banned person is told the answer by mail, and comes back as they were when it is granted", async () => {
  const ban = await decideOn(omar, mina, "ban", { duration: "forever" });
  const id = await appeal({ cookie: mina.cookie }, ban);
  await answerTo(petra, id, false);
  const mail = (await listQueuedMails()).filter(({ to }) => to === mina.email).at(-1);
  expect(mail?.subject).toContain("The answer to your appeal");
  expect(mail?.text).toContain(`/decisions/${ban}`);
  expect((await send(`/decisions/${ban}`, { cookie: mina.cookie })).body).toContain("the decision stands");
});

test("the session that a ban ended lives again when the appeal is granted", async () => {
  const cookie = await createSession(mina.id);
  const ban = await decideOn(omar, mina, "ban", { duration: "7d" });
  expect((await send("/settings/profile", { cookie })).status).toBe(403);
  await answerTo(petra, await appeal({ cookie }, ban), true);
  expect((await send("/settings/profile", { cookie })).status).toBe(200);
});

test.each([true, false])(
  "whatever statement of answering fails (granted: %s), nothing has happened",
  async (granted) => {
    const id = await appeal(mina, await decideOn(omar, mina, "ban", { duration: "7d" }));
    const before = await everything();
    let failures = 0;
    for (let failing = 1; ; failing++) {
      const answer = await answerTo(petra, id, granted, { beforeStatement: failAt(failing) });
      if (answer.status === 302) break;
      expect(answer.status).toBe(500);
      expect(await everything(), answer.statements.join("; ")).toEqual(before);
      failures += 1;
    }
    expect(failures).toBeGreaterThanOrEqual(8);
  },
);
