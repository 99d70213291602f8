import { beforeEach, describe, expect, test } from "vitest";
import { listQueuedMails, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, createSession, type Person, testPassword } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

const wanted = "a colonnade at noon";
let mina: Person;
let people = 0;

beforeEach(async () => {
  people += 1;
  mina = await createPerson({ username: `mina${"abcdefghjkmnpqrtuvwxyz"[people]}` });
});

async function linkFor(email: string, browser = new TestBrowser()): Promise<string> {
  const answer = await browser.post("/forgot-password", { email });
  expect(answer.status).toBe(302);
  const mail = (await listQueuedMails()).filter(({ to }) => to === email).at(-1);
  return /\/reset-password\?token=[\w-]+/.exec(mail?.text ?? "")?.[0] ?? "no link";
}

describe("a forgotten password", () => {
  test("is replaced by the link in the mail, which signs in here and ends every other session", async () => {
    const link = await linkFor(mina.email);
    await db.trustedDevice.create({
      data: { userId: mina.id, tokenHash: "x", userAgent: "", expiresAt: new Date(Date.now() + 86_400_000) },
    });
    const browser = new TestBrowser();
    expect((await browser.get(link)).body).toContain(`@${mina.username}`);
    expect((await browser.post(link, { password: wanted })).headers.get("location")).toBe("/");
    expect(await browser.identity()).toBe(`viewer ${mina.username}`);
    expect((await send("/", { cookie: mina.cookie })).body).not.toContain("data-viewer");
    expect(await db.trustedDevice.count({ where: { userId: mina.id } })).toBe(0);
    const signIn = (password: string) => new TestBrowser().post("/sign-in", { identifier: mina.username, password });
    expect((await signIn(testPassword)).status).toBe(400);
    expect((await signIn(wanted)).status).toBe(302);
  });

  test("takes the newest link only, once, also by two at the same moment", async () => {
    const older = await linkFor(mina.email);
    const newer = await linkFor(mina.email);
    expect((await new TestBrowser().post(older, { password: wanted })).status).toBe(400);
    const answers = await Promise.all([1, 2, 3].map(() => new TestBrowser().post(newer, { password: wanted })));
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 400, 400]);
    expect((await new TestBrowser().post(newer, { password: `${wanted} again` })).status).toBe(400);
    expect(older).not.toBe(newer);
  });

  test("is answered the same for an address that nobody has, whose owner is told by mail", async () => {
    const known = await new TestBrowser().post("/forgot-password", { email: mina.email });
    const unknown = await new TestBrowser().post("/forgot-password", { email: "nobody@example.org" });
    expect([unknown.status, unknown.headers.get("location"), unknown.body]).toEqual([
      known.status,
      known.headers.get("location"),
      known.body,
    ]);
    const mail = (await listQueuedMails()).find(({ to }) => to === "nobody@example.org");
    expect(mail?.text).toContain("no account has it");
    expect(mail?.text).not.toContain("/reset-password");
  });

  test("is not replaced by one that anyone would try", async () => {
    const link = await linkFor(mina.email);
    const answer = await new TestBrowser().post(link, { password: mina.username.padEnd(8, "1") });
    expect(answer.status).toBe(400);
    expect((await new TestBrowser().post(link, { password: wanted })).status).toBe(302);
  });

  test("asks for the second factor of whoever has one", async () => {
    await db.twoFactor.create({ data: { userId: mina.id, sealed: "", confirmedAt: new Date() } });
    const browser = new TestBrowser();
    const answer = await browser.post(await linkFor(mina.email), { password: wanted });
    expect(answer.headers.get("location")).toContain("/sign-in/two-factor");
    expect(await browser.identity()).toBe("nobody");
  });
});

describe("changing the password", () => {
  test("asks for the old one, ends the other sessions, and mails that it happened", async () => {
    const elsewhere = await createSession(mina.id);
    const change = (form: Record<string, string>) =>
      send("/settings/security/password", { cookie: mina.cookie, form: { password: wanted, ...form } });
    expect((await change({ currentPassword: "not this" })).body).toContain("That is not your password now.");
    expect((await change({ currentPassword: mina.password })).status).toBe(302);
    expect((await send("/", { cookie: elsewhere })).body).not.toContain("data-viewer");
    expect((await send("/", { cookie: mina.cookie })).body).toContain("data-viewer");
    expect((await listQueuedMails()).filter(({ to }) => to === mina.email).at(-1)?.subject).toContain(
      "Your password was changed",
    );
  });

  test("asks for a fresh proof first", async () => {
    await db.session.updateMany({ where: { userId: mina.id }, data: { provedAt: new Date(0) } });
    const page = await send("/settings/security/password", { cookie: mina.cookie });
    expect(page.headers.get("location")).toContain("/confirm?");
  });
});

describe("the devices page", () => {
  test("ends exactly one session, and nobody else's", async () => {
    const other = await createPerson({ username: `other${mina.username.at(-1)}` });
    const [elsewhere, third] = [await createSession(mina.id), await createSession(mina.id)];
    const idOf = async (cookie: string) => {
      const token = decodeURIComponent(cookie.split("=")[1] ?? "").split(".")[0] ?? "";
      return (await db.session.findUniqueOrThrow({ where: { token } })).id;
    };
    const page = await send("/settings/sessions", { cookie: mina.cookie });
    expect(page.body.match(/class="session-line"/g)).toHaveLength(3);
    const end = async (cookie: string) =>
      send(`/settings/sessions/${await idOf(cookie)}/end`, { cookie: mina.cookie, form: {} });
    expect((await end(other.cookie)).status).toBe(404);
    expect((await end(elsewhere)).status).toBe(302);
    expect((await send("/", { cookie: elsewhere })).body).not.toContain("data-viewer");
    for (const cookie of [other.cookie, third, mina.cookie])
      expect((await send("/", { cookie })).body).toContain("data-viewer");
    await send("/settings/sessions/end-others", { cookie: mina.cookie, form: {} });
    expect((await send("/", { cookie: third })).body).not.toContain("data-viewer");
    expect((await send("/", { cookie: mina.cookie })).body).toContain("data-viewer");
  });
});

test("strangers share four links an hour for one address; whoever has come in with it before has their own", async () => {
  await db.rateLimit.deleteMany();
  const known = new TestBrowser();
  await known.proveAddress(mina.email);
  const ask = (browser = new TestBrowser()) => browser.post("/forgot-password", { email: mina.email });
  for (let n = 0; n < 4; n += 1) expect((await ask()).status).toBe(302);
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
  for (let n = 0; n < 3; n += 1) expect((await ask(known)).status).toBe(302);
  expect((await ask(known)).status).toBe(429);
});
