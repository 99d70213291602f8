import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { snapshot } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

let iris: Person;
let ilse: Person;
let omar: Person;
let petra: Person;
let mina: Person;
let number = 0;

beforeAll(async () => {
  iris = await createPerson({ username: "iris", role: "admin" });
  ilse = await createPerson({ username: "ilse", role: "admin" });
  omar = await createPerson({ username: "omar", role: "moderator" });
  petra = await createPerson({ username: "petra", role: "moderator" });
  await send("/admin/settings/moderation", { cookie: iris.cookie, form: { approvals: "ban", reason: "Four eyes" } });
});

beforeEach(async () => {
  mina = await createPerson({ username: `mina-${"abcdefghijkm"[number++]}` });
});

async function propose(by: Person = omar, on: Person = mina): Promise<string> {
  const form = { duration: "7d", reason: "Adverts again", rule: "spam" };
  const answer = await send(`/admin/users/${on.username}/ban`, { cookie: by.cookie, form });
  expect(answer.headers.get("location")).toBe(`/admin/users/${on.username}?proposed`);
  return (await db.actProposal.findFirstOrThrow({ where: { subjectUserId: on.id, decidedAt: null } })).id;
}

const decide = (by: Person, id: string, approved: boolean, beforeStatement?: (text: string, index: number) => void) =>
  send(`/moderation/proposals/${id}/decision`, {
    cookie: by.cookie,
    form: { approved: String(approved) },
    beforeStatement,
  });

const isBanned = async (person: Person) =>
  (await db.user.findUniqueOrThrow({ where: { id: person.id }, select: { banned: true } })).banned;

test("an act that the site names waits, and the page of its person says so", async () => {
  const id = await propose();
  expect(await isBanned(mina)).toBe(false);
  const said = await send(`/admin/users/${mina.username}?proposed`, { cookie: omar.cookie });
  expect(said.body).toContain("it waits for a second moderator");
  const list = await send("/moderation/proposals", { cookie: petra.cookie });
  for (const words of [`@${mina.username}`, "Proposed by @omar", "Adverts again", "7 days", id]) {
    expect(list.body).toContain(words);
  }
});

test("approved by a second one, it is done by the first, and both are in the log", async () => {
  const id = await propose();
  expect((await decide(petra, id, true)).status).toBe(302);
  expect(await isBanned(mina)).toBe(true);
  const proposal = await db.actProposal.findUniqueOrThrow({ where: { id } });
  expect(proposal).toMatchObject({ approved: true, deciderId: petra.id });
  const action = await db.moderationAction.findUniqueOrThrow({ where: { id: proposal.actionId ?? "" } });
  expect(action).toMatchObject({ kind: "ban", moderatorId: omar.id, details: { personal: { approvedBy: "petra" } } });
  const told = await send("/notifications", { cookie: omar.cookie });
  expect(told.body).toContain("Another moderator approved what you had proposed");
  expect(told.body).toContain('href="/moderation/proposals"');
});

test("declined, nothing is done, and its proposer is told", async () => {
  const id = await propose();
  expect((await decide(petra, id, false)).status).toBe(302);
  expect(await isBanned(mina)).toBe(false);
  expect((await send("/notifications", { cookie: omar.cookie })).body).toContain("declined what you had proposed");
  expect((await decide(iris, id, true)).status).toBe(409);
  expect(await isBanned(mina)).toBe(false);
});

test("its proposer does not decide, nor does whom it concerns, nor a member", async () => {
  const id = await propose();
  expect((await decide(omar, id, true)).status).toBe(403);
  expect((await decide(omar, id, false)).status).toBe(403);
  expect((await decide(mina, id, true)).status).toBe(404);
  expect((await send("/moderation/proposals", { cookie: omar.cookie })).body).toContain("You have proposed it");
  expect(await db.actProposal.findUniqueOrThrow({ where: { id } })).toMatchObject({ decidedAt: null });
});

test("an act on an admin waits for another admin", async () => {
  const third = await createPerson({ username: "ida", role: "admin" });
  const form = { role: "member", reason: "They asked me to" };
  const answer = await send("/admin/users/ida/role", { cookie: iris.cookie, form });
  expect(answer.headers.get("location")).toContain("?proposed");
  const { id } = await db.actProposal.findFirstOrThrow({ where: { subjectUserId: third.id } });
  for (const [by, status] of [
    [omar, 403],
    [iris, 403],
    [third, 403],
  ] as const) {
    expect((await decide(by, id, true)).status, by.username).toBe(status);
  }
  expect((await decide(ilse, id, true)).status).toBe(302);
  expect(await db.user.findUniqueOrThrow({ where: { id: third.id } })).toMatchObject({ role: "member" });
});

test("a proposal whose time is over is shown as such, and cannot be approved", async () => {
  const id = await propose();
  await db.actProposal.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } });
  expect((await send("/moderation/proposals", { cookie: petra.cookie })).body).toContain("its time is over");
  expect((await decide(petra, id, true)).status).toBe(409);
  expect(await isBanned(mina)).toBe(false);
});

test("of two who decide at once one is told that it is decided", async () => {
  const id = await propose();
  const answers = await Promise.all([decide(petra, id, true), decide(iris, id, true)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 409]);
  expect(await db.ban.count({ where: { userId: mina.id } })).toBe(1);
});

test("what has become impossible since is refused in words, and the proposal stays", async () => {
  const id = await propose();
  const other = await propose(petra);
  expect(other).not.toBe("");
  await db.actProposal.findMany();
  const [first, second] = await db.actProposal.findMany({
    where: { subjectUserId: mina.id },
    orderBy: { createdAt: "asc" },
  });
  expect(first?.id).toBe(id);
  expect((await decide(iris, id, true)).status).toBe(302);
  const late = await decide(iris, second?.id ?? "", true);
  expect(late.status).toBe(409);
  expect(late.body).toContain("is already banned");
});

test.each([true, false])(
  "whatever statement of deciding fails (approved: %s), nothing has happened",
  async (approved) => {
    const id = await propose();
    const everything = async () => ({
      all: await snapshot(),
      proposals: await db.actProposal.findMany({ orderBy: { id: "asc" } }),
      notifications: await db.notification.findMany({ orderBy: { id: "asc" } }),
      effects: await db.actEffect.findMany({ orderBy: { id: "asc" } }),
    });
    const before = await everything();
    let failures = 0;
    for (let failing = 1; ; failing++) {
      const answer = await decide(petra, id, approved, failAt(failing));
      if (answer.status === 302) break;
      expect(answer.status).toBe(500);
      expect(await everything(), answer.statements.join("; ")).toEqual(before);
      failures += 1;
    }
    expect(failures).toBeGreaterThanOrEqual(approved ? 9 : 5);
  },
);

test("the setting keeps what was chosen, with its reason in the audit log", async () => {
  const page = await send("/admin/settings/moderation", { cookie: iris.cookie });
  expect(page.body).toMatch(/<input type="checkbox"[^>]*checked=""[^>]*value="ban"|value="ban"[^>]*checked=""/);
  expect((await send("/admin/settings", { cookie: iris.cookie })).body).toContain(
    "A second moderator is needed to: ban.",
  );
  expect(await db.auditEvent.count({ where: { kind: "setting-changed" } })).toBeGreaterThan(0);
  const bad = await send("/admin/settings/moderation", {
    cookie: iris.cookie,
    form: { approvals: "coup", reason: "abc" },
  });
  expect(bad.status).toBe(400);
});
