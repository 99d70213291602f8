import { createOTP } from "@better-auth/utils/otp";
import { beforeEach, describe, expect, test } from "vitest";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person, testPassword } from "#app/auth/test-people.ts";
import { hashBackupCode } from "#app/auth/two-factor/second-factor.server.ts";
import { db } from "#app/server/database.server.ts";
import { seal } from "#app/server/sealing.server.ts";

const secret = "a secret of an authenticator app";
let mina: Person;
let people = 0;

beforeEach(async () => {
  people += 1;
  mina = await createPerson({ username: `mina${"abcdefghjkmnpqrtuvwxyz"[people]}` });
  await db.twoFactor.create({
    data: { userId: mina.id, sealed: seal("two-factor", secret), confirmedAt: new Date() },
  });
  await db.backupCode.create({ data: { userId: mina.id, codeHash: hashBackupCode(mina.id, "abcdefgh23") } });
});

function codeNow(stepsAway = 0): Promise<string> {
  return createOTP(secret).hotp(Math.floor(Date.now() / 30_000) + stepsAway);
}

async function withPassword(): Promise<TestBrowser> {
  const browser = new TestBrowser();
  const answer = await browser.post("/sign-in", { identifier: mina.username, password: testPassword });
  expect(answer.headers.get("location")).toBe("/sign-in/two-factor?redirectTo=%2F");
  expect(await browser.identity()).toBe("nobody");
  return browser;
}

describe("whoever has a second factor", () => {
  test("is not in by the password alone, but by the code of their app", async () => {
    const browser = await withPassword();
    await browser.post("/sign-in/two-factor", { code: await codeNow() });
    expect(await browser.identity()).toBe(`viewer ${mina.username}`);
  });

  test("is not in by a code in their mailbox alone", async () => {
    const browser = new TestBrowser();
    const answer = await browser.proveAddress(mina.email);
    expect(answer.headers.get("location")).toContain("/sign-in/two-factor");
    expect(await browser.identity()).toBe("nobody");
  });

  test("uses each code once, also at the same moment", async () => {
    const browsers = await Promise.all(Array.from({ length: 5 }, withPassword));
    const code = await codeNow();
    await Promise.all(browsers.map((browser) => browser.post("/sign-in/two-factor", { code })));
    const identities = await Promise.all(browsers.map((browser) => browser.identity()));
    expect(identities.filter((identity) => identity !== "nobody")).toHaveLength(1);
  });

  test("may use a backup code, once", async () => {
    const first = await withPassword();
    await first.post("/sign-in/two-factor", { code: "ABCDE-FGH23" });
    expect(await first.identity()).toBe(`viewer ${mina.username}`);
    const second = await withPassword();
    expect((await second.post("/sign-in/two-factor", { code: "abcdefgh23" })).status).toBe(400);
    expect(await second.identity()).toBe("nobody");
  });

  test("has five tries, and then begins anew", async () => {
    const browser = await withPassword();
    const wrong = (await codeNow(10)) === (await codeNow()) ? "000000" : await codeNow(10);
    for (let tries = 0; tries < 5; tries++) await browser.post("/sign-in/two-factor", { code: wrong });
    const answer = await browser.post("/sign-in/two-factor", { code: await codeNow() });
    expect(answer.body).toContain("This sign-in is over");
    expect(await browser.identity()).toBe("nobody");
  });

  test("is not asked again in a browser that they trust", async () => {
    const browser = await withPassword();
    await browser.post("/sign-in/two-factor", { code: await codeNow(), trust: "true" });
    await browser.post("/sign-out", {});
    const answer = await browser.post("/sign-in", { identifier: mina.username, password: testPassword });
    expect(answer.headers.get("location")).toBe("/");
    expect(await browser.identity()).toBe(`viewer ${mina.username}`);
  });

  test("is asked as before while a new app is not confirmed", async () => {
    await db.twoFactor.update({ where: { userId: mina.id }, data: { confirmedAt: null } });
    const browser = new TestBrowser();
    await browser.post("/sign-in", { identifier: mina.username, password: testPassword });
    expect(await browser.identity()).toBe(`viewer ${mina.username}`);
  });
});
