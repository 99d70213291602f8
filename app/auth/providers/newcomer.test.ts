import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { comeBy, startProvider } from "#app/auth/providers/test-openid.ts";
import { countTraces, lastCodeFor, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { readStoredFile } from "#app/server/storage.server.ts";
import { send } from "#app/server/test-request.ts";
import { fileOf, picture } from "#app/uploads/test-pictures.ts";

const acme = await startProvider();
const providerId = `oidc:${acme.issuer}`;

let portrait: Buffer;
let asked = 0;
const pictures = createServer((request, response) => {
  asked += 1;
  response.end(request.url === "/portrait.png" ? portrait : "no picture");
});
let picturesAt = "";

beforeAll(async () => {
  portrait = await picture(400, 300).png().toBuffer();
  await new Promise<void>((listening) => pictures.listen(0, "127.0.0.1", listening));
  picturesAt = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`; // it listens on a port
});

beforeEach(async () => {
  asked = 0;
  await db.rateLimit.deleteMany();
});

afterAll(async () => {
  pictures.close();
  await acme.stop();
});

/** Somebody new at the provider comes here by it. */
async function arriving(person: string, about: object = {}) {
  acme.people.set(person, { email: `${person}@example.org`, email_verified: true, name: person, ...about });
  acme.person = person;
  const browser = new TestBrowser();
  return { browser, answer: await comeBy(browser) };
}

describe("somebody whom a provider brings for the first time", () => {
  test("is nobody here until they have chosen a username; name and picture are offered", async () => {
    const before = await countTraces();
    const { browser, answer } = await arriving("Ada Lovelace", {
      email: "ada@example.org",
      picture: `${picturesAt}/portrait.png`,
    });
    expect(answer.headers.get("location")).toBe("/join/with-provider");
    expect(await countTraces()).toEqual(before);
    expect((await browser.get("/join/profile")).headers.get("location")).toBe("/join/with-provider");
    const page = await browser.get("/join/with-provider");
    expect(page.body).toContain('value="Ada Lovelace"');
    expect(page.body).toContain("Copy my picture from Acme");
    expect(page.body).not.toContain(picturesAt);
    expect(page.body).not.toContain('type="password"');
    const form = { username: "ada", name: "Ada L.", takePicture: "true" };
    const joined = await browser.post("/join/with-provider", form);
    expect(joined.headers.get("location")).toBe("/welcome");
    const user = await db.user.findUniqueOrThrow({ where: { usernameKey: "ada" }, include: { accounts: true } });
    expect(user).toMatchObject({ name: "Ada L.", email: "ada@example.org", emailVerified: true });
    expect(user.accounts).toMatchObject([{ providerId, accountId: "Ada Lovelace", password: null, accessToken: null }]);
    for (const size of [96, 320]) expect(await readStoredFile(`${user.avatar}-${size}.webp`)).not.toBeNull();
    expect(await browser.identity()).toBe("viewer ada");
    const another = new TestBrowser();
    await comeBy(another);
    expect(await another.identity()).toBe("viewer ada");
  });

  test("has their picture fetched only when they say so, and one of their own comes first", async () => {
    const { browser } = await arriving("bo", { picture: `${picturesAt}/portrait.png` });
    await browser.post("/join/with-provider", { username: "bo-b", name: "Bo", avatar: fileOf(portrait) });
    expect(asked).toBe(0);
    const user = await db.user.findUniqueOrThrow({ where: { usernameKey: "bo-b" } });
    expect(user.avatar).not.toBeNull();
  });

  test.each(["/nothing", "http://10.0.0.1/inside", "file:///etc/passwd"])(
    "can go on without a picture that cannot be had: %s",
    async (where) => {
      const address = where.startsWith("/") ? picturesAt + where : where;
      const { browser } = await arriving(`cy${where.length}`, { picture: address });
      const form = { username: `cyrus${where.length}`, name: "Cyrus" };
      const answer = await browser.post("/join/with-provider", { ...form, takePicture: "true" });
      expect(answer.status).toBe(400);
      expect(answer.body).toMatch(/could not be fetched|no whole JPEG/);
      expect((await browser.post("/join/with-provider", form)).headers.get("location")).toBe("/welcome");
    },
  );

  test("gets the form back with a username that is taken, reserved or wrong", async () => {
    await createPerson({ username: "taken" });
    const { browser } = await arriving("dora");
    for (const username of ["taken", "admin", "stoa", "no spaces"]) {
      const answer = await browser.post("/join/with-provider", { username, name: "Dora" });
      expect([username, answer.status]).toEqual([username, 400]);
    }
    expect((await browser.post("/join/with-provider", { username: "dora", name: "Dora" })).status).toBe(302);
  });

  test("cannot join by what another browser was given, nor twice", async () => {
    const { browser } = await arriving("emil");
    const form = { username: "emil", name: "Emil" };
    expect((await new TestBrowser().post("/join/with-provider", form)).headers.get("location")).toBe("/join");
    const cookie = browser.cookie;
    const joinAs = (username: string) => send("/join/with-provider", { cookie, form: { ...form, username } });
    const answers = await Promise.all([joinAs("emil-one"), joinAs("emil-two")]);
    expect(await db.user.count({ where: { username: { startsWith: "emil" } } })).toBe(1);
    const locations = answers.map(({ headers }) => headers.get("location"));
    expect(locations.filter((location) => location === "/welcome")).toHaveLength(1);
    expect(answers.map(({ status }) => status)).toEqual([302, 302]);
  });

  test.each([
    { name: "A\u0000B", picture: "https://example.org/\u0000" },
    { name: "\ud800", picture: "no address" },
    { name: "x".repeat(5000), picture: `https://example.org/${"x".repeat(5000)}` },
    { name: 7, picture: { is: "an object" } },
  ])("types what the provider says in a form that is none", async (about) => {
    const name = `greta${Object.values(about).join("").length}`;
    acme.people.set(name, { email: `${name}@example.org`, email_verified: true, ...(about as object) });
    acme.person = name;
    const browser = new TestBrowser();
    expect((await comeBy(browser)).headers.get("location")).toBe("/join/with-provider");
    const page = await browser.get("/join/with-provider");
    expect([page.status, page.body.includes("Copy my picture")]).toEqual([200, false]);
    expect((await browser.post("/join/with-provider", { username: name, name: "Greta" })).status).toBe(302);
  });

  test("takes nothing from fields that the form does not have", async () => {
    const { browser } = await arriving("fay");
    const more = { email: "admin@example.org", role: "admin", providerId: "github", accountId: "1", password: "x" };
    await browser.post("/join/with-provider", { username: "fay", name: "Fay", ...more });
    const user = await db.user.findUniqueOrThrow({ where: { usernameKey: "fay" }, include: { accounts: true } });
    expect(user).toMatchObject({ role: "member", email: "fay@example.org" });
    expect(user.accounts).toMatchObject([{ providerId, accountId: "fay" }]);
  });
});

describe("somebody else at the same browser", () => {
  test("who joins by mail is not tied to whom the provider had vouched for", async () => {
    const { browser } = await arriving("left-behind");
    await browser.proveAddress("next@example.org");
    const profile = await browser.get("/join/profile");
    expect([profile.status, /password/.test(profile.body)]).toEqual([200, true]);
    await browser.post("/join/profile", { username: "next-one", name: "Next", password: "four quiet columns" });
    const user = await db.user.findUniqueOrThrow({ where: { usernameKey: "next-one" }, include: { accounts: true } });
    expect(user.accounts.map((account) => account.providerId)).toEqual(["credential"]);
  });

  test("sees who it was, and can join without", async () => {
    const { browser } = await arriving("unproved one", { email: undefined });
    expect((await browser.get("/join")).body).toContain("You are not unproved one at Acme?");
    await browser.post("/join/without-provider", {});
    expect(browser.cookies.has("stoa_provider_newcomer")).toBe(false);
    await browser.proveAddress("without@example.org");
    expect((await browser.get("/join/profile")).body).toContain('type="password"');
  });
});

describe("an address that the provider does not vouch for", () => {
  test.each([{ email_verified: false }, { email_verified: "true" }, { email: undefined }, { email: "no address" }])(
    "is proved by a code first: %o",
    async (about) => {
      const name = `gus${JSON.stringify(about).length}`;
      const { browser, answer } = await arriving(name, about);
      expect(answer.headers.get("location")).toBe("/join");
      expect((await browser.get("/join")).body).toContain("Acme did not say which address is yours");
      expect((await browser.get("/join/with-provider")).headers.get("location")).toBe("/join");
      const proved = await browser.proveAddress(`${name}@example.org`);
      expect(proved.headers.get("location")).toBe("/join/profile");
      expect((await browser.get("/join/profile")).headers.get("location")).toBe("/join/with-provider");
      await browser.post("/join/with-provider", { username: name, name });
      const user = await db.user.findUniqueOrThrow({ where: { usernameKey: name }, include: { accounts: true } });
      expect(user.email).toBe(`${name}@example.org`);
      expect(user.accounts).toMatchObject([{ providerId, accountId: name }]);
    },
  );

  test("never leads into the account of whoever has it", async () => {
    const hana = await createPerson({ username: "hana" });
    const { browser, answer } = await arriving("not-hana", { email: hana.email, email_verified: false });
    expect(answer.headers.get("location")).toBe("/join");
    expect(await browser.identity()).toBe("nobody");
    // Their own mailbox does, and even then nothing is linked.
    await browser.post("/join", { email: hana.email });
    await browser.post("/join/code", { code: await lastCodeFor(hana.email) });
    expect(await browser.identity()).toBe("viewer hana");
    expect((await browser.get("/settings/security/providers")).body).not.toContain("Is this you at Acme?");
    expect((await browser.post("/settings/security/providers/waiting", {})).status).toBe(404);
    expect(await db.account.count({ where: { userId: hana.id } })).toBe(1);
  });
});
