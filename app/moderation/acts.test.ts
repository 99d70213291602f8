import { beforeAll, describe, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { banDirectly, snapshot } from "#app/moderation/test-bans.ts";
import { databasePool, db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { type Role, roles } from "#app/users/user.ts";

const acts = ["ban", "unban", "role", "sessions"] as const;
type Act = (typeof acts)[number];
type Target = Role | "themselves";

const forms: Record<Act, Record<string, string>> = {
  ban: { duration: "7d", reason: "Adverts again" },
  unban: { reason: "It was somebody else" },
  role: { role: "moderator", reason: "As agreed" },
  sessions: { reason: "A lost phone" },
};

const done = { ban: 302, unban: 302, role: 302, sessions: 302 };
const notTheirs = { ban: 403, unban: 403, role: 403, sessions: 403 };
const notForModerators = { ...notTheirs, role: 404 };
const nothingThere = { ban: 404, unban: 404, role: 404, sessions: 404 };

/** The answer to each act, by who acts and on whom. */
const table: Record<Role, Record<Target, Record<Act, number>>> = {
  member: { member: nothingThere, moderator: nothingThere, admin: nothingThere, themselves: nothingThere },
  moderator: {
    member: { ...done, role: 404 },
    moderator: notForModerators,
    admin: notForModerators,
    themselves: notForModerators,
  },
  admin: { member: done, moderator: done, admin: done, themselves: { ...notTheirs, role: 302 } },
};

const people = {} as Record<Role, Person>; // filled before the first test

beforeAll(async () => {
  await createPerson({ username: "keeper", role: "admin" });
  for (const role of roles) people[role] = await createPerson({ username: `the-${role}`, role });
});

describe.each(roles)("a %s", (role) => {
  const cases = acts.flatMap((act) => [...roles, "themselves" as const].map((target) => ({ act, target })));

  test.each(cases)("does $act to $target, or is refused and nothing changes", async ({ act, target }) => {
    const expected = table[role][target][act];
    const { by, on } = await prepare(role, target, act);
    const form = act === "role" && on.role === "moderator" ? { ...forms.role, role: "member" } : forms[act];
    const path = `/admin/users/${on.username}/${act}`;
    const before = await snapshot();

    if (expected !== 302) {
      for (const door of [path, `${path}.data`]) {
        const answer = await send(door, { cookie: by.cookie, form });
        expect(answer.status, door).toBe(expected);
      }
      expect(await snapshot()).toEqual(before);
      return;
    }
    const answer = await send(path, { cookie: by.cookie, form });
    expect(answer.status).toBe(302);
    // No admin acts on another alone: what one asks for waits for a second.
    const waits = role === "admin" && target === "admin";
    expect(answer.headers.get("location")).toBe(`/admin/users/${on.username}${waits ? "?proposed" : ""}`);
    if (waits) {
      expect(await snapshot()).toEqual(before);
      expect(await db.actProposal.findMany({ where: { subjectUserId: on.id } })).toMatchObject([
        { kind: act, proposerId: by.id, decidedAt: null },
      ]);
      return;
    }
    const [action] = await db.moderationAction.findMany({ where: { subjectUserId: on.id }, orderBy: { id: "desc" } });
    expect(action).toMatchObject({
      kind: act,
      moderatorId: by.id,
      moderatorUsername: by.username,
      subjectUsername: on.username,
      reason: form.reason,
    });
  });
});

/** Somebody of the role, and somebody else whom the act fits. */
async function prepare(role: Role, target: Target, act: Act): Promise<{ by: Person; on: Person }> {
  const name = `${act}-${role.slice(0, 3)}-${target.slice(0, 3)}`;
  if (target === "themselves") {
    const self = await createPerson({ username: name, role });
    return { by: self, on: self };
  }
  const on = await createPerson({ username: name, role: target });
  if (act === "unban") await banDirectly(on.id);
  return { by: people[role], on };
}

test("an admin makes another admin, who then acts as one at once", async () => {
  const promoted = await createPerson({ username: "vera", role: "moderator" });
  await send("/admin/users/vera/role", { cookie: people.admin.cookie, form: { role: "admin", reason: "Takes over" } });
  const page = await send("/admin/users/vera/role", { cookie: promoted.cookie });
  expect(page.status).toBe(200);
  const event = await db.auditEvent.findFirst({ where: { userId: promoted.id, kind: "role-changed" } });
  expect(event).toMatchObject({ actorId: people.admin.id, details: { from: "moderator", to: "admin" } });
});

test("an admin who steps down to member is led to where members may be", async () => {
  const admin = await createPerson({ username: "tired", role: "admin" });
  const answer = await send("/admin/users/Tired/role", {
    cookie: admin.cookie,
    form: { role: "member", reason: "Enough for one life" },
  });
  expect(answer.headers.get("location")).toBe("/");
  expect((await send("/admin/users", { cookie: admin.cookie })).status).toBe(404);
});

test.each([
  ["demoted", "role = 'member'", 403],
  ["banned", "banned = true, ban_id = $2", 403],
])("a moderator who is %s while their request is under way does not ban", async (what, change, status) => {
  const moderator = await createPerson({ username: `just-${what}`, role: "moderator" });
  const member = await createPerson({ username: `spared-${what}` });
  const ban = await db.ban.create({ data: { userId: moderator.id, moderatorId: people.admin.id, reason: "Bribes" } });
  const client = await databasePool().connect();
  await client.query("begin");
  await client.query(`update users set ${change} where id = $1 and $2::uuid is not null`, [moderator.id, ban.id]);

  // The request comes in with the old role, and waits for the row; then the other transaction ends.
  let answer: ReturnType<typeof send> | undefined;
  await new Promise<void>((resolve) => {
    answer = send(`/admin/users/${member.username}/ban`, {
      cookie: moderator.cookie,
      form: forms.ban,
      beforeStatement: (text) => text.includes("for no key update") && resolve(),
    });
  });
  await client.query("commit");
  client.release();
  expect((await answer)?.status).toBe(status);
  expect(await db.user.findUnique({ where: { id: member.id } })).toMatchObject({ banned: false });
});
