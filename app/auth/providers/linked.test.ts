import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { comeBy, departureOf, startProvider, throughProvider } from "#app/auth/providers/test-openid.ts";
import { listQueuedMails, TestBrowser } from "#app/auth/test-browser.ts";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

const acme = await startProvider();
const providerId = `oidc:${acme.issuer}`;
const page = "/settings/security/providers";
const linking = `${page}/oidc/link`;

let n = 0;
let person: Person;
let browser: TestBrowser;

beforeEach(async () => {
  n += 1;
  person = await createPerson({ username: `person${n}` });
  browser = browserOf(person);
  acme.person = `at-acme-${n}`;
  acme.people.set(acme.person, { email: person.email, email_verified: true });
  await db.rateLimit.deleteMany();
});

afterAll(() => acme.stop());

function browserOf({ cookie }: Person): TestBrowser {
  const opened = new TestBrowser();
  const [name = "", value = ""] = cookie.split("=");
  opened.cookies.set(name, value);
  return opened;
}

const links = (userId: string) => db.account.count({ where: { userId, providerId } });
const linkIdOf = async (userId: string) =>
  (await db.account.findFirstOrThrow({ where: { userId, providerId }, select: { id: true } })).id;

describe("linking from the settings", () => {
  test("lets the person in by it from then on, is written down, and they are told", async () => {
    expect((await browser.get(page)).body).toContain("Link Acme");
    const answer = await comeBy(browser, { from: linking });
    expect(answer.headers.get("location")).toBe(`${page}?done=linked-oidc`);
    expect((await browser.get(`${page}?done=linked-oidc`)).body).toContain("Acme is linked.");
    expect((await browser.get("/settings/security")).body).toContain("Acme: linked");
    expect(await db.auditEvent.count({ where: { kind: "provider-linked", userId: person.id } })).toBe(1);
    const mails = (await listQueuedMails()).filter(({ to }) => to === person.email);
    expect(mails.at(-1)?.subject).toContain("Another site was linked to your account");
    const other = new TestBrowser();
    await comeBy(other);
    expect(await other.identity()).toBe(`viewer ${person.username}`);
  });

  test("asks for a fresh proof first", async () => {
    await db.session.updateMany({ data: { provedAt: new Date(Date.now() - 11 * 60_000) } });
    expect((await browser.post(linking, {})).headers.get("location")).toContain("/confirm?");
  });

  test("is refused for an account that lets somebody else in, and for a second one", async () => {
    await comeBy(browser, { from: linking });
    const other = await createPerson({ username: `other${n}` });
    const answer = await comeBy(browserOf(other), { from: linking });
    expect([answer.status, await links(other.id)]).toEqual([400, 0]);
    expect(answer.body).toContain("It is linked to somebody else");
    acme.person = `second-at-acme-${n}`;
    expect((await comeBy(browser, { from: linking })).body).toContain("You have linked Acme already");
    expect(await links(person.id)).toBe(1);
  });

  test("counts only for who has begun it", async () => {
    const back = await throughProvider(departureOf(await browser.post(linking, {})));
    const other = await createPerson({ username: `shared${n}` });
    const [name = "", value = ""] = other.cookie.split("=");
    browser.cookies.set(name, value);
    expect((await browser.get(back)).status).toBe(400);
    browser.cookies.delete(name);
    expect((await browser.get(back)).status).toBe(400);
    expect(await db.account.count({ where: { accountId: acme.person } })).toBe(0);
  });

  test("by two at once has one winner", async () => {
    const other = browserOf(await createPerson({ username: `rival${n}` }));
    const backs = [
      await throughProvider(departureOf(await browser.post(linking, {}))),
      await throughProvider(departureOf(await other.post(linking, {}))),
    ];
    const answers = await Promise.all([browser.get(backs[0] ?? ""), other.get(backs[1] ?? "")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 400]);
    expect(await db.account.count({ where: { accountId: acme.person } })).toBe(1);
  });
});

describe("an address that has an account already", () => {
  test("leads to proving that account, then to a button, and never into it by itself", async () => {
    const visitor = new TestBrowser();
    const answer = await comeBy(visitor);
    expect(answer.headers.get("location")).toBe("/sign-in/known-address");
    expect((await visitor.get("/sign-in/known-address")).body).toContain("This address has an account");
    expect(await visitor.identity()).toBe("nobody");
    const joining = await visitor.post("/join/with-provider", { username: `twin${n}`, name: "Twin" });
    expect(joining.headers.get("location")).toBe("/sign-in/known-address");
    expect(await db.user.count({ where: { username: `twin${n}` } })).toBe(0);
    const redirectTo = page;
    const signedIn = await visitor.post("/sign-in", {
      identifier: person.username,
      password: person.password,
      redirectTo,
    });
    expect(signedIn.headers.get("location")).toBe(page);
    expect(await links(person.id)).toBe(0);
    expect((await visitor.get(page)).body).toContain("Is this you at Acme?");
    const linked = await visitor.post(`${page}/waiting`, {});
    expect(linked.headers.get("location")).toBe(`${page}?done=linked-oidc`);
    expect(await links(person.id)).toBe(1);
    expect((await visitor.post(`${page}/waiting`, {})).status).toBe(404);
  });

  test("can be proved by its mailbox, and then the same button waits", async () => {
    const visitor = new TestBrowser();
    await comeBy(visitor);
    const proved = await visitor.proveAddress(person.email);
    expect(proved.headers.get("location")).toBe(page);
    expect(await links(person.id)).toBe(0);
    expect((await visitor.get(page)).body).toContain("Is this you at Acme?");
  });

  test("asks for the second factor before anything can be linked", async () => {
    await db.twoFactor.create({ data: { userId: person.id, sealed: "x", confirmedAt: new Date() } });
    const visitor = new TestBrowser();
    await comeBy(visitor);
    const { username: identifier, password } = person;
    const half = await visitor.post("/sign-in", { identifier, password, redirectTo: page });
    expect(half.headers.get("location")).toContain("/sign-in/two-factor");
    expect((await visitor.post(`${page}/waiting`, {})).status).toBe(401);
    expect(await links(person.id)).toBe(0);
  });

  test("is not offered to somebody else who signs in there", async () => {
    const visitor = new TestBrowser();
    await comeBy(visitor);
    const other = await createPerson({ username: `guest${n}` });
    await visitor.post("/sign-in", { identifier: other.username, password: other.password });
    expect((await visitor.get(page)).body).not.toContain("Is this you at Acme?");
    expect((await visitor.post(`${page}/waiting`, {})).status).toBe(404);
    expect(await db.account.count({ where: { accountId: acme.person } })).toBe(0);
  });
});

describe("unlinking", () => {
  beforeEach(async () => {
    await db.account.create({ data: { userId: person.id, providerId, accountId: acme.person } });
  });

  test("lets nobody in by it any more, is written down, and they are told", async () => {
    const answer = await browser.post(`${page}/${await linkIdOf(person.id)}/removal`, {});
    expect(answer.headers.get("location")).toBe(`${page}?done=unlinked`);
    const visitor = new TestBrowser();
    expect((await comeBy(visitor)).headers.get("location")).toBe("/sign-in/known-address");
    expect(await db.auditEvent.count({ where: { kind: "provider-unlinked", userId: person.id } })).toBe(1);
    expect((await listQueuedMails()).at(-1)?.subject).toContain("Another site was unlinked");
  });

  test("is refused for the last way in, and for what is somebody else's", async () => {
    const other = await createPerson({ username: `thief${n}` });
    const removal = `${page}/${await linkIdOf(person.id)}/removal`;
    expect((await browserOf(other).post(removal, {})).status).toBe(404);
    await db.account.deleteMany({ where: { userId: person.id, providerId: "credential" } });
    await db.emailAddress.updateMany({ where: { userId: person.id }, data: { verifiedAt: null } });
    const answer = await browser.post(removal, {});
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("It is your last way in");
    expect(await links(person.id)).toBe(1);
    const password = await db.account.create({
      data: { userId: person.id, accountId: person.id, providerId: "credential", password: "a hash" },
    });
    expect(password.id).not.toBe("");
    expect((await browser.post(removal, {})).status).toBe(302);
  });

  test("does not take the password away by its id", async () => {
    const { id } = await db.account.findFirstOrThrow({ where: { userId: person.id, providerId: "credential" } });
    expect((await browser.post(`${page}/${id}/removal`, {})).status).toBe(404);
  });

  test("happens whole or not at all, wherever the connection breaks", async () => {
    const removal = `${page}/${await linkIdOf(person.id)}/removal`;
    const mails = (await listQueuedMails()).length;
    for (let breaks = 0; ; breaks += 1) {
      const fault = new BrokenConnection(breaks);
      const { status } = await send(removal, {
        cookie: person.cookie,
        form: {},
        beforeStatement: fault.beforeStatement,
      });
      await fault.settle();
      if (!fault.happened) {
        expect(status).toBe(302);
        break;
      }
      expect(await links(person.id)).toBe(1);
      expect(await db.auditEvent.count({ where: { kind: "provider-unlinked", userId: person.id } })).toBe(0);
      expect((await listQueuedMails()).length).toBe(mails);
    }
    expect(await links(person.id)).toBe(0);
  });
});

describe("a fresh proof by a provider", () => {
  const proof = "/confirm/with/oidc";

  async function withoutPassword() {
    await db.account.deleteMany({ where: { userId: person.id, providerId: "credential" } });
    await db.account.create({ data: { userId: person.id, providerId, accountId: acme.person } });
    await db.session.updateMany({ data: { provedAt: new Date(Date.now() - 11 * 60_000) } });
  }

  test("is offered to who has no password, makes the provider ask anew, and leads on", async () => {
    await withoutPassword();
    expect((await browser.get(`/confirm?redirectTo=${page}`)).body).toContain("Show it with Acme");
    const begun = await browser.post(proof, { redirectTo: "/settings/security/password" });
    expect(departureOf(begun)).toContain("prompt=login");
    const answer = await browser.get(await throughProvider(departureOf(begun)));
    expect(answer.headers.get("location")).toBe("/confirm?redirectTo=%2Fsettings%2Fsecurity%2Fpassword");
    expect((await browser.get("/settings/security/password")).status).toBe(200);
  });

  test("is not one by somebody else's account there", async () => {
    await withoutPassword();
    acme.person = "somebody-else";
    const answer = await comeBy(browser, { from: proof });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("That is another account");
    expect((await browser.get("/settings/security/password")).status).toBe(302);
  });

  test("does not stand in for a password, nor for a second factor", async () => {
    expect((await browser.post(proof, {})).headers.get("location")).toBe("/confirm");
    await withoutPassword();
    await db.twoFactor.create({ data: { userId: person.id, sealed: "x", confirmedAt: new Date() } });
    expect((await browser.post(proof, {})).headers.get("location")).toBe("/confirm");
  });
});

test("linking happens whole or not at all, wherever the connection breaks", async () => {
  const visitor = new TestBrowser();
  await comeBy(visitor);
  const { username: identifier, password } = person;
  await visitor.post("/sign-in", { identifier, password, redirectTo: page });
  const mails = (await listQueuedMails()).length;
  for (let breaks = 0; ; breaks += 1) {
    const fault = new BrokenConnection(breaks);
    const { status } = await send(`${page}/waiting`, {
      cookie: visitor.cookie,
      form: {},
      beforeStatement: fault.beforeStatement,
    });
    await fault.settle();
    if (!fault.happened) {
      expect(status).toBe(302);
      break;
    }
    expect(await links(person.id)).toBe(0);
    expect(await db.auditEvent.count({ where: { kind: "provider-linked", userId: person.id } })).toBe(0);
    expect((await listQueuedMails()).length).toBe(mails);
  }
  expect(await links(person.id)).toBe(1);
});
