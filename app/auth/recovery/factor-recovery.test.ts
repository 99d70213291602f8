import { createOTP } from "@better-auth/utils/otp";
import { beforeEach, describe, expect, test } from "vitest";
import { listQueuedMails, TestBrowser } from "#app/auth/test-browser.ts";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, createSession, type Person, testPassword } from "#app/auth/test-people.ts";
import { hashBackupCode } from "#app/auth/two-factor/second-factor.server.ts";
import { db } from "#app/server/database.server.ts";
import { seal } from "#app/server/sealing.server.ts";
import { send } from "#app/server/test-request.ts";

const page = "/sign-in/two-factor/recovery";
const secret = "a secret of an authenticator app";
const hour = 3_600_000;
let mina: Person;
let people = 0;

beforeEach(async () => {
  people += 1;
  mina = await createPerson({ username: `mina${"abcdefghjkmnpqrtuvwxyz"[people]}` });
  await db.twoFactor.create({
    data: { userId: mina.id, sealed: seal("two-factor", secret), confirmedAt: new Date() },
  });
  await db.backupCode.create({ data: { userId: mina.id, codeHash: hashBackupCode(mina.id, "abcdefgh23") } });
  await db.siteSetting.deleteMany();
  await db.rateLimit.deleteMany();
});

async function withFirstFactor(person = mina): Promise<TestBrowser> {
  const browser = new TestBrowser();
  await browser.post("/sign-in", { identifier: person.username, password: testPassword });
  return browser;
}

async function begin(): Promise<TestBrowser> {
  const browser = await withFirstFactor();
  expect((await browser.post(page, { act: "begin" })).status).toBe(200);
  return browser;
}

async function finish(): Promise<{ browser: TestBrowser; status: number }> {
  const browser = await withFirstFactor();
  return { browser, status: (await browser.post(page, { act: "finish" })).status };
}

/** Lets time go by for what is under way. */
async function wait(hours: number): Promise<void> {
  const row = await db.factorRecovery.findFirstOrThrow({ where: { userId: mina.id, vetoedAt: null, usedAt: null } });
  const moved = (at: Date) => new Date(at.getTime() - hours * hour);
  await db.factorRecovery.update({
    where: { id: row.id },
    data: { readyAt: moved(row.readyAt), expiresAt: moved(row.expiresAt) },
  });
}

const hasFactor = async () => (await db.twoFactor.count({ where: { userId: mina.id } })) > 0;

async function vetoLink(): Promise<string> {
  const mail = (await listQueuedMails()).filter(({ to }) => to === mina.email).at(-1);
  return /\/stop-recovery\?token=[\w-]+/.exec(mail?.text ?? "")?.[0] ?? "no link";
}

describe("who has lost both their app and their backup codes", () => {
  test("waits 72 hours, shows the first factor again, and is in without the second, here alone", async () => {
    await db.trustedDevice.create({
      data: { userId: mina.id, tokenHash: `t${people}`, userAgent: "", expiresAt: new Date(Date.now() + hour) },
    });
    const asked = await withFirstFactor();
    expect((await asked.get("/sign-in/two-factor")).body).toContain("I have lost both my authenticator");
    expect((await asked.get(page)).body).toContain("Both are lost?");
    const begun = await asked.post(page, { act: "begin" });
    expect(begun.body).toContain("You wait now");
    const { readyAt, createdAt } = await db.factorRecovery.findFirstOrThrow({ where: { userId: mina.id } });
    expect(Math.round((readyAt.getTime() - createdAt.getTime()) / hour)).toBe(72);
    await wait(71);
    expect((await finish()).status).toBe(400);
    expect(await hasFactor()).toBe(true);
    await wait(2);
    const { browser, status } = await finish();
    expect(status).toBe(302);
    expect(await browser.identity()).toBe(`viewer ${mina.username}`);
    expect([await hasFactor(), await db.backupCode.count({ where: { userId: mina.id } })]).toEqual([false, 0]);
    expect(await db.trustedDevice.count({ where: { userId: mina.id } })).toBe(0);
    expect((await send("/", { cookie: mina.cookie })).body).not.toContain("data-viewer");
    const subjects = (await listQueuedMails()).filter(({ to }) => to === mina.email).map(({ subject }) => subject);
    expect(subjects.some((subject) => subject.includes("was taken off"))).toBe(true);
    const kinds = await db.auditEvent.findMany({ where: { userId: mina.id }, select: { kind: true } });
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["factor-recovery-begun", "second-factor-recovered"]),
    );
  });

  test("has all their addresses told at once, and all their devices", async () => {
    const second = `second-${mina.username}@example.org`;
    const unproved = `unproved-${mina.username}@example.org`;
    await db.emailAddress.create({ data: { userId: mina.id, email: second, verifiedAt: new Date() } });
    await db.emailAddress.create({ data: { userId: mina.id, email: unproved } });
    const phone = await createSession(mina.id);
    await begin();
    const told = (await listQueuedMails()).filter(({ subject }) => subject.includes("is to be taken off"));
    const own = told.filter(({ to }) => [mina.email, second, unproved].includes(to));
    expect(own.map(({ to }) => to).sort()).toEqual([mina.email, second].sort());
    for (const cookie of [mina.cookie, phone])
      expect((await send("/", { cookie })).body).toContain("Somebody asked to have your second factor taken off");
    expect((await send("/settings/security", { cookie: phone })).body).toContain("Asked to have the second factor");
  });

  test("has one recovery at a time, also when two begin at once", async () => {
    const browsers = [await withFirstFactor(), await withFirstFactor()];
    await Promise.all(browsers.map((browser) => browser.post(page, { act: "begin" })));
    expect(await db.factorRecovery.count({ where: { userId: mina.id } })).toBe(1);
    expect((await listQueuedMails()).filter(({ to }) => to === mina.email)).toHaveLength(1);
  });

  test("does not wait less for a new password, and not at all for the reset's link", async () => {
    await begin();
    const before = await db.factorRecovery.findFirstOrThrow({ where: { userId: mina.id } });
    await new TestBrowser().post("/forgot-password", { email: mina.email });
    const mail = (await listQueuedMails()).filter(({ to }) => to === mina.email).at(-1);
    const link = /\/reset-password\?token=[\w-]+/.exec(mail?.text ?? "")?.[0] ?? "";
    const browser = new TestBrowser();
    await browser.post(link, { password: "a colonnade at noon" });
    expect((await browser.post(page, { act: "finish" })).status).toBe(400);
    expect(await hasFactor()).toBe(true);
    expect(await db.factorRecovery.findFirst({ where: { userId: mina.id } })).toEqual(before);
  });

  test("may come back for two weeks, and then begins anew", async () => {
    await begin();
    await wait(72 + 15 * 24);
    expect((await finish()).status).toBe(400);
    await begin();
    expect(await db.factorRecovery.count({ where: { userId: mina.id } })).toBe(1);
  });

  test("is asked for the first factor: nothing happens without a sign-in that waits for the second", async () => {
    await begin();
    await wait(73);
    const stranger = new TestBrowser();
    expect((await stranger.get(page)).body).toContain("This sign-in is over");
    for (const act of ["begin", "finish", "else", ""]) expect((await stranger.post(page, { act })).status).toBe(400);
    expect(await hasFactor()).toBe(true);
  });
});

describe("a recovery is stopped", () => {
  test("by the link in the mail, in any browser, by a button and not by the visit", async () => {
    await begin();
    const link = await vetoLink();
    expect(JSON.stringify(await db.factorRecovery.findMany())).not.toContain(link.split("=")[1]);
    const anywhere = new TestBrowser();
    expect((await anywhere.get(link)).body).toContain(`@${mina.username}`);
    await wait(73);
    expect((await anywhere.get(link)).body).toContain("Stop it");
    expect((await anywhere.post(link, {})).body).toContain("Your second factor stays");
    expect((await finish()).status).toBe(400);
    expect(await hasFactor()).toBe(true);
    expect((await anywhere.post(link, {})).status).toBe(400);
    expect((await listQueuedMails()).at(-1)?.subject).toContain("Your second factor stays");
  });

  test("on a device that is signed in, without a fresh proof", async () => {
    await db.session.updateMany({ where: { userId: mina.id }, data: { provedAt: new Date(0) } });
    await begin();
    const other = await createPerson({ username: `other${mina.username.at(-1)}` });
    await send("/settings/security/recovery-veto", { cookie: other.cookie, form: {} });
    expect(await db.factorRecovery.count({ where: { userId: mina.id, vetoedAt: null } })).toBe(1);
    await send("/settings/security/recovery-veto", { cookie: mina.cookie, form: {} });
    expect(await db.factorRecovery.count({ where: { userId: mina.id, vetoedAt: null } })).toBe(0);
    expect((await send("/", { cookie: mina.cookie })).body).not.toContain("account-warning");
  });

  test("by a sign-in with the second factor", async () => {
    await begin();
    const browser = await withFirstFactor();
    const code = await createOTP(secret).hotp(Math.floor(Date.now() / 30_000));
    expect((await browser.post("/sign-in/two-factor", { code })).status).toBe(302);
    expect(await db.factorRecovery.count({ where: { userId: mina.id, vetoedAt: null } })).toBe(0);
  });

  test("by taking the second factor off: a later one has no old recovery against it", async () => {
    await begin();
    await wait(73);
    await send("/settings/security/two-factor/removal", { cookie: mina.cookie, form: {} });
    await db.twoFactor.create({
      data: { userId: mina.id, sealed: seal("two-factor", secret), confirmedAt: new Date() },
    });
    expect((await finish()).status).toBe(400);
    expect(await hasFactor()).toBe(true);
  });
});

describe("the site decides", () => {
  const rule = (value: object) => db.siteSetting.create({ data: { name: "signIn", value: { ...value } } });

  test("whether it is offered at all, also to who has begun before", async () => {
    await begin();
    await wait(73);
    await rule({ factorRecovery: false });
    expect((await finish()).status).toBe(400);
    expect((await (await withFirstFactor()).get(page)).body).toContain("Write to the people who run it");
    expect(await hasFactor()).toBe(true);
  });

  test("that its moderators and admins ask an admin instead, where they have to have a second factor", async () => {
    await db.user.update({ where: { id: mina.id }, data: { role: "moderator" } });
    await rule({ staffSecondFactor: true, staffSecondFactorSince: new Date().toISOString(), staffGraceDays: 7 });
    const browser = await withFirstFactor();
    expect((await browser.post(page, { act: "begin" })).status).toBe(400);
    expect((await browser.get(page)).body).toContain("Ask another admin");
    await db.user.update({ where: { id: mina.id }, data: { role: "member" } });
    expect((await browser.post(page, { act: "begin" })).status).toBe(200);
  });
});

test.each(["begin", "finish"])(
  "a connection that breaks at any statement of '%s' leaves nothing of it",
  async (act) => {
    if (act === "finish") {
      await begin();
      await wait(73);
    }
    const traces = async () => [
      await hasFactor(),
      await db.backupCode.count({ where: { userId: mina.id } }),
      await db.session.count({ where: { userId: mina.id } }),
      await db.factorRecovery.findMany({ where: { userId: mina.id } }),
      await db.auditEvent.count({ where: { userId: mina.id } }),
      (await listQueuedMails()).length,
    ];
    let at = 0;
    for (; ; at += 1) {
      await db.rateLimit.deleteMany();
      const browser = await withFirstFactor();
      const before = await traces();
      const fault = new BrokenConnection(at);
      const { beforeStatement } = fault;
      const answer = await send(page, { cookie: browser.cookie, from: browser.from, form: { act }, beforeStatement });
      await fault.settle();
      const committed = answer.statements.findIndex((text) => /^commit$/i.test(text));
      if (!fault.happened || (committed >= 0 && committed < at)) {
        if (!fault.happened) expect(answer.status).toBe(act === "begin" ? 200 : 302);
        expect(await traces()).not.toEqual(before);
        break;
      }
      expect(answer.status).toBe(500);
      expect(await traces()).toEqual(before);
    }
    expect(at).toBeGreaterThan(8);
  },
);
