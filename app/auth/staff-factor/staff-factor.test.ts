import { beforeEach, describe, expect, test } from "vitest";
import { browserOf, passkeyFor, signInBy } from "#app/auth/passkeys/test-passkeys.ts";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { act } from "#app/moderation/act.server.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { changeSiteSetting } from "#app/site/change-setting.server.ts";

const day = 86_400_000;
let people = 0;
let iris: Person;
let omar: Person;
let member: Person;

beforeEach(async () => {
  people += 1;
  const letter = "abcdefghjkmnpqrtuvwxyz"[people];
  iris = await createPerson({ username: `iris${letter}`, role: "admin" });
  omar = await createPerson({ username: `omar${letter}`, role: "moderator" });
  member = await createPerson({ username: `member${letter}` });
  await db.siteSetting.deleteMany();
  // Their roles are old.
  await db.user.updateMany({ data: { roleSince: new Date(Date.now() - 100 * day) } });
});

async function requireIt({ days = 7, sinceDays = 8 } = {}): Promise<void> {
  const since = new Date(Date.now() - sinceDays * day).toISOString();
  const value = { staffSecondFactor: true, staffGraceDays: days, staffSecondFactorSince: since };
  await db.siteSetting.upsert({ where: { name: "signIn" }, create: { name: "signIn", value }, update: { value } });
}

const statusOf = async (path: string, { cookie }: { cookie: string }, form?: Record<string, string>) =>
  (await send(path, { cookie, ...(form && { form }) })).status;

const turnOn = (person: Person) =>
  db.twoFactor.create({ data: { userId: person.id, sealed: "x", confirmedAt: new Date() } });

describe("where moderators and admins need a second factor", () => {
  test("those without one are led to it instead of to their pages, and everything else stays open", async () => {
    await requireIt();
    for (const [path, person] of [
      ["/admin/users", omar],
      [`/admin/users/${member.username}`, omar],
      ["/admin/settings", iris],
    ] as const) {
      const answer = await send(path, { cookie: person.cookie });
      expect(answer.status).toBe(403);
      expect(answer.body).toContain("/settings/security/two-factor");
      expect(await statusOf(`${path}.data`, person)).toBe(403);
    }
    for (const path of ["/", "/settings/security/two-factor", "/new"]) expect(await statusOf(path, iris)).toBe(200);
    expect(await statusOf("/", member)).toBe(200);
  });

  test("nothing that they write as such is taken", async () => {
    await requireIt();
    const ban = { duration: "1d", reason: "Spam" };
    expect(await statusOf(`/admin/users/${member.username}/ban`, omar, ban)).toBe(403);
    expect(await statusOf(`/admin/users/${member.username}/role`, iris, { role: "moderator", reason: "x" })).toBe(403);
    expect(await db.ban.count({ where: { userId: member.id } })).toBe(0);
    await turnOn(omar);
    expect(await statusOf(`/admin/users/${member.username}/ban`, omar, ban)).toBe(302);
  });

  test("nothing that they write as such is taken either where it was required a moment ago", async () => {
    await requireIt();
    const facts = { ipAddress: "", userAgent: "" };
    const viewerOf = async (person: Person) => {
      const { id: sessionId } = await db.session.findFirstOrThrow({ where: { userId: person.id } });
      const rest = { avatar: "", provedAt: "", staffFactorDue: null, recoveryReadyAt: null };
      return { ...person, ...rest, sessionId };
    };
    const [moderator, admin] = [await viewerOf(omar), await viewerOf(iris)];
    const writes = [
      act(moderator, { kind: "sessions", target: member, input: { reason: "x" }, facts }),
      act(admin, { kind: "role", target: member, input: { role: "moderator", reason: "x" }, facts }),
      changeSiteSetting(admin, "signIn", { value: (from) => from, reason: "x" }, facts),
    ];
    const answers = await Promise.allSettled(writes);
    expect(answers).toMatchObject(writes.map(() => ({ status: "rejected", reason: { init: { status: 403 } } })));
    expect(await statusOf("/", member)).toBe(200);
    expect(await db.auditEvent.count({ where: { actorId: { in: [iris.id, omar.id] } } })).toBe(0);
  });

  test("the grace counts from when it was required, or from the role's beginning where that is later", async () => {
    await requireIt({ sinceDays: 6 });
    const during = await send("/admin/users", { cookie: omar.cookie });
    expect([during.status, during.body.includes("you need a second factor for your work as a moderator")]).toEqual([
      200,
      true,
    ]);
    await requireIt({ sinceDays: 8 });
    expect(await statusOf("/admin/users", omar)).toBe(403);
    // A trigger notes since when.
    await db.user.update({ where: { id: member.id }, data: { role: "moderator" } });
    expect(await statusOf("/admin/users", member)).toBe(200);
    await db.user.update({ where: { id: omar.id }, data: { name: "Omar" } });
    expect(await statusOf("/admin/users", omar)).toBe(403);
    await requireIt({ days: 0, sinceDays: 0 });
    expect(await statusOf("/admin/users", member)).toBe(403);
  });

  test("a passkey counts as both where it was used in this session, by signing in or as a fresh proof", async () => {
    const key = await passkeyFor(iris);
    await requireIt();
    expect(await statusOf("/admin/users", iris), "it is there, and was not used").toBe(403);
    const browser = new TestBrowser();
    await signInBy(key, browser);
    expect((await browser.get("/admin/users")).status).toBe(200);
    const here = browserOf(iris);
    const { challenge } = JSON.parse((await here.post("/confirm/passkey/options", {})).body) as { challenge: string }; // the options' own shape
    await here.post("/confirm/passkey", { passkey: key.sign(challenge) });
    expect((await here.get("/admin/users")).status).toBe(200);
    await db.passkey.deleteMany({ where: { userId: iris.id } });
    expect((await here.get("/admin/users")).status, "it is gone").toBe(403);
  });

  test("an app that has not shown its code yet does not count", async () => {
    await requireIt();
    await db.twoFactor.create({ data: { userId: omar.id, sealed: "x" } });
    expect(await statusOf("/admin/users", omar)).toBe(403);
  });
});

describe("the admins' page for it", () => {
  const page = "/admin/settings/sign-in";
  const form = { staffSecondFactor: "true", staffGraceDays: "3", factorRecovery: "true", reason: "Safer" };
  const rule = async () => (await db.siteSetting.findUniqueOrThrow({ where: { name: "signIn" } })).value;

  test("switches it on, counts the grace from then, and begins it anew only when it was off", async () => {
    expect(await statusOf(page, iris, form)).toBe(302);
    const first = await rule();
    expect(first).toMatchObject({ staffSecondFactor: true, staffGraceDays: 3, factorRecovery: true });
    await statusOf(page, iris, { ...form, staffGraceDays: "5" });
    expect(await rule()).toEqual({ ...Object(first), staffGraceDays: 5 });
    const { staffSecondFactor: _, factorRecovery: __, ...off } = form;
    await statusOf(page, iris, off);
    expect(await rule()).toMatchObject({
      staffSecondFactor: false,
      factorRecovery: false,
      staffSecondFactorSince: null,
    });
    expect(await db.auditEvent.count({ where: { actorId: iris.id, kind: "setting-changed" } })).toBe(3);
  });

  test.each([{ staffGraceDays: "-1" }, { staffGraceDays: "91" }, { staffGraceDays: "x" }, { reason: "" }])(
    "takes no nonsense: %o",
    async (wrong) => {
      expect(await statusOf(page, iris, { ...form, ...wrong })).toBe(400);
      expect(await db.siteSetting.count()).toBe(0);
    },
  );
});

test("nothing here opens for who is banned", async () => {
  await requireIt();
  await banDirectly(omar.id);
  expect((await send("/admin/users", { cookie: omar.cookie })).body).toContain("You are banned");
});
