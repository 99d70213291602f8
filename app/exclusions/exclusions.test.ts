import { beforeAll, beforeEach, expect, test } from "vitest";
import { shownAgo } from "#app/auth/strangers/test-forms.ts";
import { lastCodeFor, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

let admin: Person;

beforeAll(async () => {
  admin = await createPerson({ username: "iris", role: "admin" });
});

beforeEach(() => db.rateLimit.deleteMany());

const reason = "Spam came from there.";
const add = (kind: string, what: string, more = {}) =>
  send(`/admin/settings/${kind}`, { cookie: admin.cookie, form: { what, reason, ...more } });
const remove = (kind: string, key: string | number | undefined) =>
  send(`/admin/settings/${kind}/${key}/removal`, { cookie: admin.cookie, form: {} });

async function available(username: string): Promise<unknown> {
  return JSON.parse((await send(`/join/username-available?username=${username}`)).body);
}

test("a reserved name, and what looks like it, is chosen by nobody new, and kept by who has it", async () => {
  const owner = await createPerson({ username: "gazette" });
  expect((await add("names", "Gazette")).status).toBe(302);
  expect((await add("names", "mill-street")).status).toBe(302);
  for (const username of ["mill-street", "Mi11street", "millstreet"]) {
    expect(await available(username)).toMatchObject({ available: false, reason: expect.stringContaining("reserved") });
    const answer = await send("/settings/account/username", { cookie: owner.cookie, form: { username } });
    expect([answer.status, answer.body.includes("reserved for the site")]).toEqual([400, true]);
  }
  const again = await send("/settings/account/username", { cookie: owner.cookie, form: { username: "Gazette" } });
  expect(again.status, "capital letters of one's own").toBe(302);
  expect((await send("/admin/settings/names", { cookie: admin.cookie })).body).toContain("mill-street");
  const { skeleton } = await db.reservedName.findFirstOrThrow({ where: { word: "mill-street" } });
  expect((await remove("names", skeleton)).status).toBe(302);
  expect((await remove("names", skeleton)).status).toBe(404);
  expect(await available("millstreet")).toMatchObject({ available: true });
});

test("a blocked domain gets no codes and is added by nobody, known or not, and those below it neither", async () => {
  const known = await createPerson({ username: "known", email: "known@blocked.example" });
  const device = new TestBrowser();
  await device.proveAddress(known.email);
  expect((await add("domains", "Blocked.Example")).status).toBe(302);
  const answers = [];
  for (const email of [known.email, "new@blocked.example", "new@mail.blocked.example"]) {
    for (const path of ["/join", "/sign-in/code"]) {
      const { status, body } = await new TestBrowser().post(path, { email, shown: shownAgo(5) });
      answers.push([status, body.includes("takes no addresses at that domain")]);
    }
  }
  expect(answers).toEqual(answers.map(() => [400, true]));
  expect((await new TestBrowser().post("/join", { email: "new@notblocked.example" })).status).toBe(302);
  const later = new TestBrowser();
  later.cookies.set("stoa_device", device.cookies.get("stoa_device") ?? "");
  expect((await later.post("/join", { email: known.email })).status, "a device of theirs").toBe(302);
  const member = await createPerson({ username: "member-one" });
  await db.session.updateMany({ where: { userId: member.id }, data: { provedAt: new Date() } });
  const form = { email: "new@blocked.example" };
  expect((await send("/settings/account/addresses", { cookie: member.cookie, form })).body).toContain(
    "no addresses at",
  );
  expect((await remove("domains", "blocked.example")).status).toBe(302);
  expect((await new TestBrowser().post("/join", { email: "new@blocked.example" })).status).toBe(302);
});

test("a blocked network asks for no codes until its time is over, and signs in by password", async () => {
  const mina = await createPerson({ username: "mina" });
  expect((await add("networks", "198.51.100.77/24", { days: "7" })).status).toBe(302);
  const row = await db.blockedNetwork.findFirstOrThrow();
  expect([row.network, row.expiresAt !== null]).toEqual(["198.51.100.0/24", true]);
  const inside = new TestBrowser("198.51.100.9");
  for (const email of [mina.email, "nobody@example.org"]) {
    const answer = await inside.post("/sign-in/code", { email, shown: shownAgo(5) });
    expect([answer.status, answer.body.includes("mails no codes to the network")]).toEqual([400, true]);
    expect(await lastCodeFor(email)).toBe("no code");
  }
  expect((await new TestBrowser("198.51.101.9").post("/join", { email: "out@example.org" })).status).toBe(302);
  await inside.post("/sign-in", { identifier: "mina", password: mina.password });
  expect(await inside.identity()).toBe("viewer mina");
  await db.blockedNetwork.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
  expect((await new TestBrowser("198.51.100.10").post("/join", { email: "in@example.org" })).status).toBe(302);
  expect((await remove("networks", row.id)).status).toBe(302);
  await add("networks", "2001:db8::/32");
  expect((await new TestBrowser("2001:db8:1::9").post("/join", { email: "six@example.org" })).status).toBe(400);
});

test.each([
  ["names", ""],
  ["names", "zwölf"],
  ["names", "x".repeat(21)],
  ["domains", "no domain"],
  ["domains", "http://example.org/"],
  ["networks", "0.0.0.0/0"],
  ["networks", "192.0.2.0/33"],
  ["networks", "192.0.2.1'; drop"],
  ["networks", "::/3"],
  ["networks", "300.1.1.1"],
  ["networks", "192.0.2.0/24"],
])("what is none, or holds the admin, comes back with why: %s %s", async (kind, what) => {
  const before = [await db.reservedName.count(), await db.blockedDomain.count(), await db.blockedNetwork.count()];
  const answer = await add(kind, what);
  expect([answer.status, answer.body.includes("-what-error")]).toEqual([400, true]);
  expect([await db.reservedName.count(), await db.blockedDomain.count(), await db.blockedNetwork.count()]).toEqual(
    before,
  );
});

test.each(["names", "domains", "networks"])(
  "whatever statement of adding to the %s fails, nothing has happened",
  async (kind) => {
    const what = kind === "networks" ? "203.0.113.0/24" : "blocked-thing";
    const count = async () => [
      await db.reservedName.count(),
      await db.blockedDomain.count(),
      await db.blockedNetwork.count(),
      await db.auditEvent.count(),
    ];
    const before = await count();
    let failures = 0;
    for (let failing = 1; ; failing++) {
      const sent = { cookie: admin.cookie, form: { what, reason }, beforeStatement: failAt(failing) };
      const { status } = await send(`/admin/settings/${kind}`, sent);
      if (status === 302) break;
      expect(await count(), `at ${failing}`).toEqual(before);
      failures += 1;
    }
    expect(failures).toBeGreaterThanOrEqual(4);
    const after = await count();
    expect(after.reduce((sum, each) => sum + each)).toBe(before.reduce((sum, each) => sum + each) + 2);
  },
);
