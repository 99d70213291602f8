import { beforeEach, describe, expect, test } from "vitest";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person, testPassword } from "#app/auth/test-people.ts";
import { hashOf, newToken } from "#app/auth/tokens.server.ts";
import { promoteByOperator } from "#app/moderation/break-glass.server.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let iris: Person;
let mina: Person;
let trusted: TestBrowser;
let people = 0;

beforeEach(async () => {
  people += 1;
  const letter = "abcdefghjkmnpqrtuvwxyz"[people];
  iris = await createPerson({ username: `iris${letter}`, role: "admin" });
  mina = await createPerson({ username: `mina${letter}` });
  await db.twoFactor.create({ data: { userId: mina.id, sealed: "x", confirmedAt: new Date() } });
  const token = newToken();
  const expiresAt = new Date(Date.now() + 86_400_000);
  await db.trustedDevice.create({ data: { userId: mina.id, tokenHash: hashOf(token), userAgent: "", expiresAt } });
  trusted = new TestBrowser();
  trusted.cookies.set("stoa_trust", token);
});

/** Where the password leads in the browser that was trusted. */
async function signIn(password = testPassword): Promise<string> {
  return (await trusted.post("/sign-in", { identifier: mina.username, password })).headers.get("location") ?? "";
}

const asksAgain = "/sign-in/two-factor?redirectTo=%2F";
const act = (what: string, form: Record<string, string>) =>
  send(`/admin/users/${mina.username}/${what}`, { cookie: iris.cookie, form: { reason: "To see", ...form } });
const own = (path: string, form: Record<string, string>) => send(path, { cookie: mina.cookie, form });

describe("a trusted browser", () => {
  test("is not asked for the second factor", async () => {
    expect(await signIn()).toBe("/");
  });

  test.each<[string, () => Promise<unknown>, string?]>([
    ["another role", () => act("role", { role: "moderator" })],
    ["an admin's role by a command on the server", () => promoteByOperator(mina.username)],
    ["being signed out everywhere by a moderator", () => act("sessions", {})],
    ["signing out on all other devices", () => own("/settings/sessions/end-others", {})],
    [
      "a changed password",
      () => own("/settings/security/password", { currentPassword: testPassword, password: "a colonnade at noon" }),
      "a colonnade at noon",
    ],
    ["thirty days", () => db.trustedDevice.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } })],
  ])("is asked again after %s", async (_, change, password) => {
    await change();
    expect(await signIn(password)).toBe(asksAgain);
  });

  test("is forgotten with the second factor", async () => {
    await own("/settings/security/two-factor/removal", {});
    expect(await db.trustedDevice.count({ where: { userId: mina.id } })).toBe(0);
  });

  test("opens the ban's page and nothing else for who is banned", async () => {
    await banDirectly(mina.id);
    await signIn();
    expect((await trusted.get("/")).status).toBe(403);
  });

  test("is somebody's own: another person's trust counts for nothing", async () => {
    const other = await createPerson({ username: `other${mina.username.at(-1)}` });
    await db.twoFactor.create({ data: { userId: other.id, sealed: "x", confirmedAt: new Date() } });
    const answer = await trusted.post("/sign-in", { identifier: other.username, password: testPassword });
    expect(answer.headers.get("location")).toBe(asksAgain);
  });
});

test("a moderator ends trusted browsers also of who is signed in nowhere, and it is in the log", async () => {
  await db.session.deleteMany({ where: { userId: mina.id } });
  expect((await act("sessions", {})).status).toBe(302);
  // They stay for as long as that can be undone.
  expect(await db.trustedDevice.count({ where: { userId: mina.id, expiresAt: { gt: new Date() } } })).toBe(0);
  expect(await db.auditEvent.count({ where: { userId: mina.id, kind: "sessions-ended" } })).toBe(1);
  const again = await act("sessions", {});
  expect(again.body).toContain("is signed in nowhere");
});
