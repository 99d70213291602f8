import { base32 } from "@better-auth/utils/base32";
import { createOTP } from "@better-auth/utils/otp";
import { beforeEach, describe, expect, test } from "vitest";
import { listQueuedMails, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, createSession, type Person, testPassword } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

const page = "/settings/security/two-factor";
let mina: Person;
let people = 0;

beforeEach(async () => {
  people += 1;
  mina = await createPerson({ username: `mina${"abcdefghjkmnpqrtuvwxyz"[people]}` });
});

/** What an app knows after scanning: the key in letters. */
async function scan(person: Person): Promise<string> {
  await send(`${page}/enrolment`, { cookie: person.cookie, form: {} });
  const { body } = await send(page, { cookie: person.cookie });
  expect(body).toContain('class="qr-code"');
  const key = /<code class="enrolment-key">([A-Z2-7 ]+)<\/code>/.exec(body)?.[1] ?? "";
  return new TextDecoder().decode(base32.decode(key.replaceAll(" ", "")));
}

function codeOf(secret: string, stepsAway = 0): Promise<string> {
  return createOTP(secret).hotp(Math.floor(Date.now() / 30_000) + stepsAway);
}

async function turnOn(person: Person): Promise<{ codes: string[]; secret: string }> {
  const secret = await scan(person);
  const { body } = await send(page, { cookie: person.cookie, form: { code: await codeOf(secret) } });
  return {
    secret,
    codes: [...body.matchAll(/<code>([a-z2-9]{5}-[a-z2-9]{5})<\/code>/g)].map((match) => match[1] ?? ""),
  };
}

describe("an authenticator app", () => {
  test("counts once it has shown its code, and then ends what the password alone had opened", async () => {
    const elsewhere = await createSession(mina.id);
    const secret = await scan(mina);
    expect((await send(page, { cookie: mina.cookie, form: { code: await codeOf(secret, 10) } })).status).toBe(400);
    const before = await new TestBrowser().post("/sign-in", { identifier: mina.username, password: testPassword });
    expect(before.headers.get("location")).toBe("/");
    expect((await send(page, { cookie: mina.cookie, form: { code: await codeOf(secret) } })).status).toBe(200);
    const after = await new TestBrowser().post("/sign-in", { identifier: mina.username, password: testPassword });
    expect(after.headers.get("location")).toContain("/sign-in/two-factor");
    expect((await send("/", { cookie: elsewhere })).body).not.toContain("data-viewer");
    expect((await listQueuedMails()).at(-1)?.subject).toContain("second factor is on");
  });

  test("comes with ten backup codes, which are shown this once and are nowhere in the database", async () => {
    const { codes } = await turnOn(mina);
    expect(new Set(codes).size).toBe(10);
    expect((await send(page, { cookie: mina.cookie })).body).not.toContain(codes[0]);
    const stored = JSON.stringify(await db.backupCode.findMany());
    for (const code of codes) expect(stored).not.toContain(code.replace("-", ""));
    const browser = new TestBrowser();
    await browser.post("/sign-in", { identifier: mina.username, password: testPassword });
    await browser.post("/sign-in/two-factor", { code: codes[3] ?? "" });
    expect(await browser.identity()).toBe(`viewer ${mina.username}`);
  });

  test("is not replaced by beginning again while it is on", async () => {
    await turnOn(mina);
    await send(`${page}/enrolment`, { cookie: mina.cookie, form: {} });
    expect((await send(page, { cookie: mina.cookie })).body).not.toContain("qr-code");
    expect(await db.twoFactor.count({ where: { userId: mina.id, confirmedAt: { not: null } } })).toBe(1);
  });

  test("gives new backup codes that end the former ones", async () => {
    const { codes } = await turnOn(mina);
    const { body } = await send(`${page}/backup-codes`, { cookie: mina.cookie, form: {} });
    expect(body).not.toContain(codes[0]);
    const browser = new TestBrowser();
    await browser.post("/sign-in", { identifier: mina.username, password: testPassword });
    expect((await browser.post("/sign-in/two-factor", { code: codes[0] ?? "" })).status).toBe(400);
  });

  test("is taken off with its codes and trusted browsers, after a fresh proof", async () => {
    const { secret } = await turnOn(mina);
    await db.session.updateMany({ where: { userId: mina.id }, data: { provedAt: new Date(0) } });
    const asked = await send(`${page}/removal`, { cookie: mina.cookie, form: {} });
    expect(asked.headers.get("location")).toContain("/confirm");
    await send("/confirm/password", { cookie: mina.cookie, form: { password: testPassword } });
    const again = await send(`${page}/removal`, { cookie: mina.cookie, form: {} });
    expect(again.headers.get("location"), "the password alone is not enough").toContain("/confirm");
    await send("/confirm/second-factor", { cookie: mina.cookie, form: { code: await codeOf(secret, 1) } });
    await send(`${page}/removal`, { cookie: mina.cookie, form: {} });
    expect(await db.twoFactor.count({ where: { userId: mina.id } })).toBe(0);
    expect(await db.backupCode.count({ where: { userId: mina.id } })).toBe(0);
  });
});
