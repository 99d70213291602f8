import { beforeEach, describe, expect, test } from "vitest";
import { TestAuthenticator } from "#app/auth/passkeys/test-authenticator.ts";
import { addPasskey, browserOf, challengeOf, passkeyFor } from "#app/auth/passkeys/test-passkeys.ts";
import { listQueuedMails, type TestBrowser } from "#app/auth/test-browser.ts";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let browser: TestBrowser;
let people = 0;

beforeEach(async () => {
  people += 1;
  mina = await createPerson({ username: `mina${people}` });
  browser = browserOf(mina);
});

async function only(person: Person) {
  return db.passkey.findFirstOrThrow({ where: { userId: person.id } });
}

async function traces() {
  return [await db.passkey.count(), await db.auditEvent.count(), (await listQueuedMails()).length];
}

const expired = () => db.session.updateMany({ data: { provedAt: new Date(Date.now() - 11 * 60_000) } });

describe("adding a passkey", () => {
  test("is written down, told by mail and seen in the list under its name", async () => {
    const answer = await addPasskey(browser, new TestAuthenticator(), { name: "  Phone  " });
    expect(answer.headers.get("location")).toBe("/settings/security/passkeys?done=added");
    expect((await browser.get("/settings/security/passkeys")).body).toContain("Phone");
    expect((await listQueuedMails()).at(-1)).toMatchObject({
      to: mina.email,
      subject: expect.stringContaining("A passkey was added to your account"),
    });
    expect((await browser.get("/settings/security/log")).body).toMatch(/added a passkey/i);
  });

  test.each([
    ["another challenge", { challenge: "c29tZXRoaW5nIGVsc2U" }],
    ["another site's page", { origin: "https://elsewhere.example" }],
    ["another site's name", { rpId: "elsewhere.example" }],
    ["a key that was not unlocked", { unlocked: false }],
  ])("is refused for %s", async (_, wrongs) => {
    expect((await addPasskey(browser, new TestAuthenticator(), { wrongs })).status).toBe(400);
    expect(await db.passkey.count({ where: { userId: mina.id } })).toBe(0);
  });

  test("is refused kindly where somebody has it already", async () => {
    const key = await passkeyFor(await createPerson({ username: `bela${people}` }));
    const answer = await addPasskey(browser, key);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("That passkey is in use already.");
  });

  test("works once for what was asked, and only for who asked", async () => {
    const challenge = await challengeOf(browser.post("/settings/security/passkeys/options", {}));
    const cookie = browser.cookies.get("stoa_passkey_new") ?? "";
    const other = browserOf(await createPerson({ username: `bela${people}` }));
    other.cookies.set("stoa_passkey_new", cookie);
    const passkey = new TestAuthenticator().make(challenge);
    expect((await other.post("/settings/security/passkeys/new", { passkey })).status).toBe(400);
    expect((await browser.post("/settings/security/passkeys/new", { passkey })).status).toBe(400);
    expect(await db.passkey.count({ where: { userId: mina.id } })).toBe(0);
  });

  test("and removing it want a fresh proof", async () => {
    await addPasskey(browser, new TestAuthenticator());
    const { id } = await only(mina);
    await expired();
    for (const path of ["options", "new", `${id}/removal`]) {
      const answer = await browser.post(`/settings/security/passkeys/${path}`, {});
      expect(answer.headers.get("location")).toContain("/confirm?");
    }
    expect(await db.passkey.count({ where: { userId: mina.id } })).toBe(1);
  });

  test("leaves nothing when the connection breaks at any statement", async () => {
    for (let at = 0; ; at += 1) {
      const challenge = await challengeOf(browser.post("/settings/security/passkeys/options", {}));
      const before = await traces();
      const fault = new BrokenConnection(at);
      const { status } = await send("/settings/security/passkeys/new", {
        cookie: browser.cookie,
        form: { passkey: new TestAuthenticator().make(challenge) },
        beforeStatement: fault.beforeStatement,
      });
      await fault.settle();
      if (!fault.happened) {
        expect([status, at]).toEqual([302, 10]);
        break;
      }
      expect(await traces()).toEqual(before);
    }
  });
});

describe("a passkey of one's own", () => {
  test("gets another name, and not an empty one", async () => {
    await addPasskey(browser, new TestAuthenticator());
    const { id } = await only(mina);
    const path = `/settings/security/passkeys/${id}/name`;
    expect((await browser.post(path, { name: " " })).status).toBe(400);
    expect((await browser.post(path, { name: "Laptop" })).status).toBe(302);
    expect((await only(mina)).name).toBe("Laptop");
    expect((await browser.post(path, { name: "Lap\0top\n\u202eof  mine" })).status).toBe(302);
    expect((await only(mina)).name).toBe("Laptop of mine");
    expect((await browser.post(path, { name: "x".repeat(61) })).status).toBe(400);
  });

  test("is removed, and that is written down and told", async () => {
    await addPasskey(browser, new TestAuthenticator());
    const { id } = await only(mina);
    const before = await traces();
    const answer = await browser.post(`/settings/security/passkeys/${id}/removal`, {});
    expect(answer.headers.get("location")).toContain("done=removed");
    expect(await traces()).toEqual([(before[0] ?? 0) - 1, (before[1] ?? 0) + 1, (before[2] ?? 0) + 1]);
  });

  test("stays where it is the last way in", async () => {
    await addPasskey(browser, new TestAuthenticator());
    await db.account.deleteMany({ where: { userId: mina.id } });
    await db.emailAddress.updateMany({ where: { userId: mina.id }, data: { verifiedAt: null } });
    const { id } = await only(mina);
    const answer = await browser.post(`/settings/security/passkeys/${id}/removal`, {});
    expect(answer.headers.get("location")).toContain("done=last-way-in");
    expect(await db.passkey.count({ where: { id } })).toBe(1);
  });

  test("stays, one of two, when both are removed at once and there is no other way in", async () => {
    for (let n = 0; n < 2; n += 1) await addPasskey(browser, new TestAuthenticator());
    await db.account.deleteMany({ where: { userId: mina.id } });
    await db.emailAddress.updateMany({ where: { userId: mina.id }, data: { verifiedAt: null } });
    const both = await db.passkey.findMany({ where: { userId: mina.id } });
    const remove = ({ id }: { id: string }) => browser.post(`/settings/security/passkeys/${id}/removal`, {});
    const answers = (await Promise.all(both.map(remove))).map(({ headers }) => headers.get("location")?.split("=")[1]);
    expect(answers.sort()).toEqual(["last-way-in", "removed"]);
    expect(await db.passkey.count({ where: { userId: mina.id } })).toBe(1);
  });

  test("stays, and nobody is told, when the connection breaks while it is removed", async () => {
    await addPasskey(browser, new TestAuthenticator());
    const { id } = await only(mina);
    const before = await traces();
    let at = 0;
    for (; ; at += 1) {
      const fault = new BrokenConnection(at);
      const { beforeStatement } = fault;
      const path = `/settings/security/passkeys/${id}/removal`;
      const { status } = await send(path, { cookie: browser.cookie, form: {}, beforeStatement });
      await fault.settle();
      if (!fault.happened) {
        expect(status).toBe(302);
        break;
      }
      expect(await traces()).toEqual(before);
    }
    expect(at).toBeGreaterThan(6);
    expect(await db.passkey.count({ where: { id } })).toBe(0);
  });

  test("is out of everybody else's reach", async () => {
    await addPasskey(browser, new TestAuthenticator());
    const { id } = await only(mina);
    const other = browserOf(await createPerson({ username: `bela${people}` }));
    expect((await other.get(`/settings/security/passkeys/${id}/name`)).status).toBe(404);
    expect((await other.post(`/settings/security/passkeys/${id}/name`, { name: "Mine" })).status).toBe(404);
    expect((await other.post(`/settings/security/passkeys/${id}/removal`, {})).status).toBe(404);
  });
});

describe("a passkey as a fresh proof", () => {
  async function prove(key: TestAuthenticator) {
    const challenge = await challengeOf(browser.post("/confirm/passkey/options", {}));
    return browser.post("/confirm/passkey", { passkey: key.sign(challenge), redirectTo: "/settings/security" });
  }

  test("does, and leads on", async () => {
    const key = await passkeyFor(mina);
    await expired();
    const answer = await prove(key);
    expect(answer.headers.get("location")).toBe("/confirm?redirectTo=%2Fsettings%2Fsecurity");
    expect((await browser.get("/settings/security/passkeys/new")).status).toBe(200);
  });

  test("is not somebody else's passkey", async () => {
    const theirs = await passkeyFor(await createPerson({ username: `bela${people}` }));
    await passkeyFor(mina);
    await expired();
    expect((await prove(theirs)).status).toBe(400);
    expect((await browser.get("/settings/security/passkeys/new")).status).toBe(302);
  });
});
