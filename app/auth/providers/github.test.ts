import { afterAll, beforeEach, expect, test } from "vitest";
import { startGithub } from "#app/auth/providers/test-github.ts";
import { comeBy, departureOf, startProvider, throughProvider } from "#app/auth/providers/test-openid.ts";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";

const github = await startGithub();
const acme = await startProvider();
const from = "/sign-in/with/github";

beforeEach(async () => {
  github.failing = null;
  github.emails = [];
  github.user = { ...github.user, id: github.user.id + 1, login: `octo-${github.user.id + 1}`, name: null };
  await db.rateLimit.deleteMany();
});

afterAll(() => Promise.all([github.stop(), acme.stop()]));

test("both ways are offered where both are set up", async () => {
  for (const page of ["/sign-in", "/join"]) {
    const { body } = await new TestBrowser().get(page);
    expect(body).toContain("Go on with GitHub");
    expect(body).toContain("Go on with Acme");
  }
});

test("somebody comes in by GitHub with its primary address, and later is known by their number there", async () => {
  const { id, login } = github.user;
  github.emails = [
    { email: "second@example.org", primary: false, verified: true },
    { email: "Octo@Example.org", primary: true, verified: true },
  ];
  const browser = new TestBrowser();
  expect((await comeBy(browser, { from })).headers.get("location")).toBe("/join/with-provider");
  expect((await browser.get("/join/with-provider")).body).toContain(`value="${login}"`);
  await browser.post("/join/with-provider", { username: "octo", name: "Octo" });
  const user = await db.user.findUniqueOrThrow({ where: { usernameKey: "octo" }, include: { accounts: true } });
  expect(user.email).toBe("octo@example.org");
  expect(user.accounts).toMatchObject([{ providerId: `github:${github.url}`, accountId: String(id) }]);
  github.user = { ...github.user, login: "renamed" };
  github.emails = [];
  const later = new TestBrowser();
  await comeBy(later, { from });
  expect(await later.identity()).toBe("viewer octo");
});

test("somebody else who takes a former name there is somebody else here", async () => {
  github.user = { ...github.user, login: "renamed" };
  const browser = new TestBrowser();
  await comeBy(browser, { from });
  expect(await browser.identity()).toBe("nobody");
});

test.each([
  { primary: true, verified: false },
  { primary: false, verified: true },
])("an address that is not the primary one, or not proved there, is none: %o", async (about) => {
  const hana = await createPerson({ username: `hana${Number(about.primary)}` });
  github.emails = [{ email: hana.email, ...about }];
  const browser = new TestBrowser();
  expect((await comeBy(browser, { from })).headers.get("location")).toBe("/join");
  expect(await browser.identity()).toBe("nobody");
});

test("a code that is not one, or an API that fails, is said in words", async () => {
  const browser = new TestBrowser();
  const back = await throughProvider(departureOf(await browser.post(from, {})));
  expect((await browser.get(back.replace(/code=[^&]+/, "code=wrong"))).status).toBe(400);
  for (const status of [401, 500, 503]) {
    github.failing = status;
    const answer = await comeBy(new TestBrowser(), { from });
    expect([answer.status, /class="page-title"/.test(answer.body)]).toEqual([400, true]);
  }
});

test("an answer of one provider opens nothing at the other's door", async () => {
  acme.person = "mixed";
  const browser = new TestBrowser();
  const back = await throughProvider(departureOf(await browser.post("/sign-in/with/oidc", {})));
  expect((await browser.get(back.replace("/oidc/", "/github/"))).status).toBe(400);
  const toGithub = await throughProvider(departureOf(await browser.post(from, {})));
  expect((await browser.get(toGithub.replace("/github/", "/oidc/"))).status).toBe(400);
  expect(await browser.identity()).toBe("nobody");
});
