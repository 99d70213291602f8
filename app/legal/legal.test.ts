import { beforeAll, expect, test } from "vitest";
import { forgetSiteFacts } from "#app/about/site-facts.server.ts";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { listAccountParts } from "#app/exports/account-parts.server.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

let admin: Person;
let mina: Person;

beforeAll(async () => {
  admin = await createPerson({ username: "iris", role: "admin" });
  mina = await createPerson({ username: "mina" });
});

const publish = (kind: string, body: string, asksAgain = false) =>
  send(`/admin/settings/${kind}`, { cookie: admin.cookie, form: { body, ...(asksAgain && { asksAgain: "true" }) } });
const asMina = (path: string, form?: Record<string, string>) => send(path, { cookie: mina.cookie, form });
const isAsked = async () => (await asMina("/")).body.includes("Read it and agree");

test("a text has versions, each kept with its date, and none before the first", async () => {
  expect((await send("/about/terms")).status).toBe(404);
  expect((await publish("terms", "Be **fair**, <script>alert(1)</script> to all.")).headers.get("location")).toBe(
    "/about/terms",
  );
  await publish("terms", "Be fair and *kind* to all.");
  const page = await send("/about/terms");
  expect(page.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
  expect(page.body).toContain("<em>kind</em>");
  expect(page.body.replaceAll("<!-- -->", "")).toContain("Version 2, of");
  const former = await send("/about/terms?version=1");
  expect(former.body).toContain("<strong>fair</strong>");
  expect(former.body).not.toContain("<script>alert");
  for (const version of ["0", "3", "-1", "x", "99999999999999999999"]) {
    expect((await send(`/about/terms?version=${version}`)).status).toBe(404);
  }
  expect((await publish("terms", "")).status).toBe(400);
  expect((await send("/admin/settings/terms", { cookie: mina.cookie, form: { body: "Mine, all mine." } })).status).toBe(
    404,
  );
});

test("two admins who publish at once make two versions", async () => {
  await Promise.all([publish("privacy", "We keep little."), publish("privacy", "We keep nothing.")]);
  const versions = await db.legalText.findMany({ where: { kind: "privacy" }, select: { version: true } });
  expect(versions.map(({ version }) => version).sort()).toEqual([1, 2]);
});

test("members are asked where a version asks again, read on meanwhile, and agree to what they saw", async () => {
  expect(await isAsked()).toBe(false);
  await publish("terms", "Be fair, kind and brief.", true);
  expect(await isAsked()).toBe(true);
  expect((await asMina("/new")).status).toBe(200);
  expect((await asMina("/settings/agreement")).body).toContain('name="agreed-terms"');
  for (const form of [{}, { "agreed-terms": "2" }, { "agreed-terms": "4" }, { "agreed-privacy": "x" }]) {
    expect((await asMina("/settings/agreement", form as Record<string, string>)).status).toBe(400);
  }
  expect((await asMina("/settings/agreement", { "agreed-terms": "3" })).status).toBe(302);
  expect((await asMina("/settings/agreement", { "agreed-terms": "3" })).status, "twice").toBe(302);
  expect(await db.consent.findMany({ where: { userId: mina.id } })).toMatchObject([{ kind: "terms", version: 3 }]);
  expect(await db.auditEvent.count({ where: { kind: "consented" } })).toBe(1);
  expect(await isAsked()).toBe(false);
  await publish("terms", "Be fair, kind and brief, please.");
  expect(await isAsked(), "a version that does not ask").toBe(false);
});

test("what one agreed to is in the copy of one's data", async () => {
  const parts: string[] = [];
  for await (const part of listAccountParts(mina.id)) parts.push(JSON.stringify(part));
  expect(parts.join("")).toMatch(/agreedTo/);
});

test("whatever statement of publishing or agreeing fails, nothing has happened", async () => {
  const count = async () => [await db.legalText.count(), await db.consent.count(), await db.auditEvent.count()];
  const bela = await createPerson({ username: "bela" });
  const tries = [
    { path: "/admin/settings/terms", cookie: admin.cookie, form: { body: "Be fair, once more." } },
    { path: "/settings/agreement", cookie: bela.cookie, form: { "agreed-terms": "5" } },
  ];
  for (const { path, ...sent } of tries) {
    const before = await count();
    let failures = 0;
    for (let failing = 1; ; failing++) {
      const { status } = await send(path, { ...sent, beforeStatement: failAt(failing) });
      if (status === 302) break;
      expect(await count(), `${path} at ${failing}`).toEqual(before);
      failures += 1;
    }
    expect(failures).toBeGreaterThanOrEqual(4);
    expect(await count()).not.toEqual(before);
  }
});

test("what the site says of itself stands at the foot of each page, on its own page and on the ban's", async () => {
  const form = { description: "Beans & talk", contact: "hello@example.org", reason: "Opening." };
  const path = "/admin/settings/about";
  expect((await send(path, { cookie: admin.cookie, form: { ...form, contact: "no address" } })).status).toBe(400);
  expect((await send(path, { cookie: admin.cookie, form })).status).toBe(302);
  for (const page of ["/", "/about", "/sign-in"]) {
    const { body } = await send(page);
    expect([page, body.includes("Beans &amp; talk"), body.includes("mailto:hello@example.org")]).toEqual([
      page,
      true,
      true,
    ]);
  }
  expect((await send("/")).body).toContain('href="/about/terms"');
  const rufus = await createPerson({ username: "rufus" });
  await banDirectly(rufus.id);
  const ban = await send("/", { cookie: await createSession(rufus.id) });
  expect([ban.status, ban.body.includes("mailto:hello@example.org")]).toEqual([403, true]);
  forgetSiteFacts();
});

test("a text is read and published under its own kind in every spelling of its address", async () => {
  await publish("terms", "These are the terms.");
  await publish("privacy", "This is about privacy.");
  for (const address of ["/about/privac%79", "/ABOUT/PRIVACY", "/about/privacy/"]) {
    expect((await send(address)).body).toContain("This is about privacy.");
  }
  const form = { body: "This is about privacy, too." };
  const { headers } = await send("/admin/settings/privac%79", { cookie: admin.cookie, form });
  expect(headers.get("Location")).toBe("/about/privacy");
  expect((await send("/about/terms")).body).toContain("These are the terms.");
});
