import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { comeBy, departureOf, startProvider, throughProvider } from "#app/auth/providers/test-openid.ts";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";

const acme = await startProvider();
const callback = "/sign-in/with/oidc/callback";

let mina: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  await db.account.create({ data: { userId: mina.id, providerId: `oidc:${acme.issuer}`, accountId: "mina-at-acme" } });
  acme.people.set("mina-at-acme", { email: mina.email, email_verified: true, name: "Mina" });
});

beforeEach(async () => {
  acme.person = "mina-at-acme";
  acme.refusing = false;
  acme.tamper = null;
  await db.rateLimit.deleteMany();
});

afterAll(() => acme.stop());

const sessions = () => db.session.count();

async function leave(browser: TestBrowser, redirectTo = "/"): Promise<string> {
  return departureOf(await browser.post("/sign-in/with/oidc", { redirectTo }));
}

describe("a linked provider", () => {
  test("signs in, leads to the page that was asked for, and is the one last used here", async () => {
    const browser = new TestBrowser();
    const before = await browser.get("/sign-in");
    expect(before.body).toContain("Go on with Acme");
    expect(before.body).not.toContain("Go on with GitHub");
    expect(before.body).not.toContain("Last used here");
    const answer = await comeBy(browser, { redirectTo: "/drafts" });
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/drafts"]);
    expect(await browser.identity()).toBe("viewer mina");
    const [event] = await db.auditEvent.findMany({ where: { userId: mina.id }, orderBy: { createdAt: "desc" } });
    expect(event).toMatchObject({ kind: "signed-in", details: { proof: "provider" } });
    await browser.post("/sign-out", {});
    expect((await browser.get("/sign-in")).body).toContain("Last used here");
  });

  test("is asked by PKCE, state and nonce, from a page of ours, and no token of it is kept", async () => {
    const browser = new TestBrowser();
    const answer = await browser.post("/sign-in/with/oidc", {});
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
    expect(answer.headers.get("content-security-policy")).toContain("form-action 'self'");
    const { searchParams } = new URL(departureOf(answer));
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    for (const name of ["state", "nonce", "code_challenge"]) expect(searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    expect(answer.body).toContain("Go on to Acme");
    const ceremony = await db.ceremony.findFirstOrThrow({
      where: { kind: "provider" },
      orderBy: { createdAt: "desc" },
    });
    expect(JSON.stringify(ceremony.state)).not.toContain(searchParams.get("nonce"));
    await browser.get(await throughProvider(departureOf(answer)));
    const account = await db.account.findFirstOrThrow({ where: { accountId: "mina-at-acme" } });
    expect([account.accessToken, account.refreshToken, account.idToken]).toEqual([null, null, null]);
    expect(await db.ceremony.count({ where: { kind: "provider" } })).toBe(0);
  });

  test("is only half of it for who has a second factor", async () => {
    await db.twoFactor.create({ data: { userId: mina.id, sealed: "x", confirmedAt: new Date() } });
    const before = await sessions();
    const browser = new TestBrowser();
    const answer = await comeBy(browser, { redirectTo: "/drafts" });
    expect(answer.headers.get("location")).toBe("/sign-in/two-factor?redirectTo=%2Fdrafts");
    expect(await sessions()).toBe(before);
    expect(await browser.identity()).toBe("nobody");
    await db.twoFactor.deleteMany();
  });

  test("opens the ban's page and nothing else for who is banned", async () => {
    const rufus = await createPerson({ username: "rufus" });
    await db.account.create({ data: { userId: rufus.id, providerId: `oidc:${acme.issuer}`, accountId: "rufus" } });
    await banDirectly(rufus.id);
    acme.person = "rufus";
    const browser = new TestBrowser();
    await comeBy(browser);
    expect((await browser.get("/")).status).toBe(403);
  });

  test("leads nowhere off this site", async () => {
    const answer = await comeBy(new TestBrowser(), { redirectTo: "https://evil.example/" });
    expect(answer.headers.get("location")).toBe("/");
  });
});

describe("an answer that is not one to this browser's own question", () => {
  test.each<[string, (address: string) => string]>([
    ["with another state", (path) => path.replace(/state=[^&]+/, "state=another")],
    ["without a state", (path) => path.replace(/&?state=[^&]+/, "")],
    ["with another code", (path) => path.replace(/code=[^&]+/, "code=another")],
    ["of another issuer", (path) => path.replace(/iss=[^&]+/, "iss=https%3A%2F%2Fevil.example")],
    ["without its issuer", (path) => path.replace(/&iss=[^&]+/, "")],
    ["with two states", (path) => `${path}&state=another`],
    ["that is empty", () => callback],
  ])("opens nothing: one %s", async (_, change) => {
    const browser = new TestBrowser();
    const before = await sessions();
    const answer = await browser.get(change(await throughProvider(await leave(browser))));
    expect(answer.status).toBe(400);
    expect(answer.body).toMatch(/To the sign-in page/);
    expect(answer.body).not.toMatch(/at .*\.ts:\d+|Error:/);
    expect(await sessions()).toBe(before);
  });

  test("opens nothing with another nonce than was asked with", async () => {
    const browser = new TestBrowser();
    const address = new URL(await leave(browser));
    address.searchParams.set("nonce", "of-somebody-elses-question");
    const answer = await browser.get(await throughProvider(address.href));
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("an answer that we do not trust");
  });

  test("opens nothing with a code that belongs to another code verifier", async () => {
    const [victim, attacker] = [new TestBrowser(), new TestBrowser()];
    const stolen = await throughProvider(await leave(victim));
    const own = await throughProvider(await leave(attacker));
    const code = /code=[^&]+/.exec(stolen)?.[0] ?? "";
    expect((await attacker.get(own.replace(/code=[^&]+/, code))).status).toBe(400);
    expect(await attacker.identity()).toBe("nobody");
  });

  test("opens nothing in another browser, and still serves its own; a second time it serves nobody", async () => {
    const browser = new TestBrowser();
    const back = await throughProvider(await leave(browser));
    const other = new TestBrowser();
    expect((await other.get(back)).body).toContain("This way is over");
    await other.post("/sign-in/with/oidc", {});
    expect((await other.get(back)).status).toBe(400);
    expect((await browser.get(back)).status).toBe(302);
    const again = new TestBrowser();
    for (const [name, value] of browser.cookies) if (name === "stoa_provider") again.cookies.set(name, value);
    expect((await again.get(back)).status).toBe(400);
  });

  test("opens one session when it is brought five times at once", async () => {
    const browser = new TestBrowser();
    const back = await throughProvider(await leave(browser));
    const before = await sessions();
    const answers = await Promise.all(Array.from({ length: 5 }, () => browser.get(back)));
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 400, 400, 400, 400]);
    expect(await sessions()).toBe(before + 1);
  });

  test("is not used up by a look without opening", async () => {
    const browser = new TestBrowser();
    const back = await throughProvider(await leave(browser));
    const { send } = await import("#app/server/test-request.ts");
    expect((await send(back, { method: "HEAD", cookie: browser.cookie })).status).toBe(400);
    expect((await browser.get(back)).status).toBe(302);
  });
});

describe("a provider that does not vouch", () => {
  test("is told of when it says no", async () => {
    acme.refusing = true;
    const answer = await comeBy(new TestBrowser());
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("Acme did not let you through");
  });

  test.each([
    ["/token", 503],
    ["/me", 503],
    ["/token", 200],
    ["/me", 200],
  ])("is told of when %s answers nonsense with %i, and other ways in are as always", async (path, status) => {
    const browser = new TestBrowser();
    const back = await throughProvider(await leave(browser));
    acme.tamper = (url) => (url.startsWith(path) ? { status, body: "{}" } : null);
    const answer = await browser.get(back);
    expect(answer.status).toBe(400);
    const password = await browser.post("/sign-in", { identifier: "mina", password: mina.password });
    expect(password.status).toBe(302);
  });
});

test("a provider that is not offered does not exist", async () => {
  for (const path of ["github", "credential", "nobody"]) {
    expect((await new TestBrowser().post(`/sign-in/with/${path}`, {})).status).toBe(404);
    expect((await new TestBrowser().get(`/sign-in/with/${path}/callback`)).status).toBe(404);
  }
});
