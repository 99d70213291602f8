import { beforeAll, describe, expect, test } from "vitest";
import { TestAuthenticator } from "#app/auth/passkeys/test-authenticator.ts";
import { browserOf, challengeOf, passkeyFor, signInBy } from "#app/auth/passkeys/test-passkeys.ts";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let key: TestAuthenticator;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  key = await passkeyFor(mina);
});

function options(browser: TestBrowser) {
  return challengeOf(browser.post("/sign-in/passkey/options", {}));
}

describe("a passkey", () => {
  test("opens its person's account, nothing typed, and leads to where they were going", async () => {
    const browser = new TestBrowser();
    const answer = await signInBy(key, browser);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/drafts"]);
    expect(await browser.identity()).toBe("viewer mina");
    const [used] = await db.passkey.findMany({ where: { userId: mina.id } });
    expect(used?.lastUsedAt).toBeInstanceOf(Date);
    const event = await db.auditEvent.findFirst({ where: { userId: mina.id, kind: "signed-in" } });
    expect(event?.details).toEqual({ proof: "passkey" });
  });

  test("is both factors: no code is asked for", async () => {
    const tove = await createPerson({ username: "tove" });
    await db.twoFactor.create({ data: { userId: tove.id, sealed: "sealed", confirmedAt: new Date() } });
    const browser = new TestBrowser();
    await signInBy(await passkeyFor(tove), browser);
    expect(await browser.identity()).toBe("viewer tove");
  });

  test("is not delayed while strangers guess at its person's password from everywhere", async () => {
    const person = await createPerson({ username: "guessed-at" });
    const theirs = await passkeyFor(person);
    for (const typed of [person.username, person.email]) {
      const key = `sign-in-by-target:${typed}`;
      await db.rateLimit.create({ data: { key, points: 1_000, expire: Date.now() + 3_600_000 } });
      const guess = () => new TestBrowser().post("/sign-in", { identifier: typed, password: "no such password" });
      await guess();
      expect((await guess()).status).toBe(429);
    }
    const browser = new TestBrowser();
    await signInBy(theirs, browser);
    expect(await browser.identity()).toBe("viewer guessed-at");
  });

  test("of somebody who is banned opens the ban's page, and nothing else", async () => {
    const rufus = await createPerson({ username: "rufus" });
    const theirs = await passkeyFor(rufus);
    await banDirectly(rufus.id);
    const browser = new TestBrowser();
    expect((await signInBy(theirs, browser)).status).toBe(302);
    expect((await browser.get("/drafts")).status).toBe(403);
  });

  test.each([
    ["for another challenge", { challenge: "c29tZXRoaW5nIGVsc2U" }],
    ["on another site's page", { origin: "https://elsewhere.example" }],
    ["made for another site", { rpId: "elsewhere.example" }],
    ["that is held, but not unlocked", { unlocked: false }],
  ])("%s opens nothing", async (_, wrongs) => {
    const browser = new TestBrowser();
    const answer = await signInBy(key, browser, wrongs);
    expect(answer.status).toBe(400);
    expect(answer.cookie).toBe("");
    expect(await browser.identity()).toBe("nobody");
  });

  test("that nobody has gets the same words as a known one that does not fit", async () => {
    const unknown = await signInBy(new TestAuthenticator(), new TestBrowser());
    const impostor = new TestAuthenticator({ credentialId: key.credentialId });
    const forged = await signInBy(impostor, new TestBrowser());
    const nonsense = await new TestBrowser().post("/sign-in/passkey", { passkey: "{}" });
    expect([unknown.status, forged.status, nonsense.status]).toEqual([400, 400, 400]);
    expect(forged.body).toBe(unknown.body);
    expect(nonsense.body).toBe(unknown.body);
    expect(await db.auditEvent.count({ where: { userId: mina.id, kind: "passkey-failed" } })).toBeGreaterThan(0);
  });

  test("whose counter has not moved on opens nothing: then there are two of it", async () => {
    const omar = await createPerson({ username: "omar" });
    const counting = await passkeyFor(omar, 7);
    expect((await signInBy(counting, new TestBrowser())).status).toBe(302);
    expect((await signInBy(counting, new TestBrowser())).status).toBe(400);
    counting.counter += 1;
    expect((await signInBy(counting, new TestBrowser())).status).toBe(302);
  });

  test("that was removed opens nothing", async () => {
    const nils = await createPerson({ username: "nils" });
    const gone = await passkeyFor(nils);
    await db.passkey.deleteMany({ where: { userId: nils.id } });
    expect((await signInBy(gone, new TestBrowser())).status).toBe(400);
  });
});

test("a connection that breaks at any statement of a sign-in opens nothing and notes no use", async () => {
  const tilda = await createPerson({ username: "tilda" });
  const theirs = await passkeyFor(tilda, 3);
  const traces = async () => [
    await db.session.count(),
    await db.auditEvent.count(),
    (await db.passkey.findFirstOrThrow({ where: { userId: tilda.id } })).counter,
  ];
  let at = 0;
  for (; ; at += 1) {
    const browser = new TestBrowser();
    const passkey = theirs.sign(await options(browser));
    const before = await traces();
    const fault = new BrokenConnection(at);
    const { beforeStatement } = fault;
    const answer = await send("/sign-in/passkey", { cookie: browser.cookie, form: { passkey }, beforeStatement });
    await fault.settle();
    if (!fault.happened) {
      expect(answer.status).toBe(302);
      break;
    }
    expect([answer.status, answer.cookie]).toEqual([500, ""]);
    expect(await traces()).toEqual(before);
  }
  expect(at).toBeGreaterThan(8);
});

test("a passkey that is removed while it signs in opens the door or is gone, and nobody waits for ever", async () => {
  const vera = await createPerson({ username: "vera" });
  const theirs = await passkeyFor(vera);
  const { id } = await db.passkey.findFirstOrThrow({ where: { userId: vera.id } });
  const removal = browserOf(vera).post(`/settings/security/passkeys/${id}/removal`, {});
  const [signedIn, removed] = await Promise.all([signInBy(theirs, new TestBrowser()), removal]);
  expect([302, 400]).toContain(signedIn.status);
  expect(removed.status).toBe(302);
  expect(await db.passkey.count({ where: { id } })).toBe(0);
});

describe("what a passkey has signed", () => {
  test("opens once, also when it arrives twenty times at once", async () => {
    const browser = new TestBrowser();
    const form = { passkey: key.sign(await options(browser)) };
    const copies = Array.from({ length: 20 }, () => {
      const copy = new TestBrowser();
      copy.cookies = new Map(browser.cookies);
      return copy.post("/sign-in/passkey", form);
    });
    const statuses = (await Promise.all(copies)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 302)).toHaveLength(1);
  });

  test("is worth nothing in another browser", async () => {
    const [asked, other] = [new TestBrowser(), new TestBrowser()];
    const passkey = key.sign(await options(asked));
    await options(other);
    expect((await other.post("/sign-in/passkey", { passkey })).status).toBe(400);
  });

  test("is worth nothing after five minutes", async () => {
    const browser = new TestBrowser();
    const passkey = key.sign(await options(browser));
    await db.ceremony.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await browser.post("/sign-in/passkey", { passkey })).status).toBe(400);
  });

  test("is not taken after a first answer that was wrong", async () => {
    const browser = new TestBrowser();
    const challenge = await options(browser);
    await browser.post("/sign-in/passkey", { passkey: key.sign(challenge, { unlocked: false }) });
    expect((await browser.post("/sign-in/passkey", { passkey: key.sign(challenge) })).status).toBe(400);
  });

  test("for a fresh proof does not sign anybody in", async () => {
    const browser = new TestBrowser();
    const [name = "", value = ""] = mina.cookie.split("=");
    browser.cookies.set(name, value);
    const challenge = await challengeOf(browser.post("/confirm/passkey/options", {}));
    const token = browser.cookies.get("stoa_passkey_proof") ?? "";
    const stranger = new TestBrowser();
    stranger.cookies.set("stoa_passkey_sign_in", token);
    expect((await stranger.post("/sign-in/passkey", { passkey: key.sign(challenge) })).status).toBe(400);
  });
});

test("guessing from one place is stopped after a while", async () => {
  const browser = new TestBrowser();
  const statuses = new Set<number>();
  for (let n = 0; n < 61; n += 1) statuses.add((await browser.post("/sign-in/passkey", { passkey: "x" })).status);
  expect(statuses).toEqual(new Set([400, 429]));
});
