import { beforeAll, expect, test } from "vitest";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { liftExpiredBans } from "#app/moderation/bans.server.ts";
import { banDirectly, snapshot } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { fullDate } from "#app/ui/time-ago.tsx";

let admin: Person;
let moderator: Person;

beforeAll(async () => {
  admin = await createPerson({ username: "iris", role: "admin" });
  moderator = await createPerson({ username: "omar", role: "moderator" });
});

const reason = "The same advert, four times";
const yesterday = new Date(Date.now() - 86_400_000);

function ban(username: string, duration = "7d") {
  return send(`/admin/users/${username}/ban`, { cookie: moderator.cookie, form: { duration, reason } });
}

function unban(username: string) {
  return send(`/admin/users/${username}/unban`, { cookie: moderator.cookie, form: { reason: "It was somebody else" } });
}

/** Every kind of address: a page, its data, an action, its data, a resource, the guarded, the missing. */
const channels: { path: string; form?: Record<string, string> }[] = [
  { path: "/" },
  { path: "/_.data" },
  { path: "/settings/profile", form: { name: "Other" } },
  { path: "/new.data", form: { title: "Other" } },
  { path: "/p/1/reaction", form: { on: "true" } },
  { path: "/robots.txt" },
  { path: "/admin/users" },
  { path: "/nowhere" },
];

test("a ban counts from the person's next request, on every channel, and says why and until when", async () => {
  const person = await createPerson({ username: "rufus" });
  const phone = await createSession(person.id);
  expect((await ban("rufus")).status).toBe(302);
  for (const { path, form } of channels) {
    const answer = await send(path, { cookie: person.cookie, form });
    expect(answer.status, path).toBe(403);
    expect(answer.headers.get("cache-control"), path).toMatch(/no-store/);
  }
  const { expiresAt } = await db.ban.findFirstOrThrow({ where: { userId: person.id } });
  if (!expiresAt) throw new Error("a ban of seven days without an end");
  expect(Math.abs(expiresAt.getTime() - Date.now() - 7 * 86_400_000)).toBeLessThan(60_000);
  const page = await send("/", { cookie: phone });
  expect(page.body).toContain(reason);
  expect(page.body).toContain(fullDate(expiresAt.toISOString()));
});

test("a ban for good has no end, and says so", async () => {
  const person = await createPerson({ username: "forever" });
  await ban("forever", "forever");
  const page = await send("/", { cookie: person.cookie });
  expect(page.body).toContain("You are banned for good");
  expect(await db.ban.findFirst({ where: { userId: person.id } })).toMatchObject({ expiresAt: null });
});

test("after the ban is lifted the old cookies are signed out for good, and a new session works", async () => {
  const person = await createPerson({ username: "wronged" });
  await ban("wronged");
  expect((await unban("wronged")).status).toBe(302);
  const old = await send("/", { cookie: person.cookie });
  expect(old.status).toBe(200);
  expect(old.body).not.toContain("data-viewer");
  const fresh = await send("/", { cookie: await createSession(person.id) });
  expect(fresh.body).toContain('data-viewer="wronged"');
});

test("lifting a ban names the action that it takes back", async () => {
  const person = await createPerson({ username: "named" });
  await ban("named");
  await unban("named");
  const [lifting, banning] = await db.moderationAction.findMany({
    where: { subjectUserId: person.id },
    orderBy: { createdAt: "desc" },
  });
  expect(lifting).toMatchObject({ kind: "unban", reversesId: banning?.id, banId: banning?.banId });
  expect(await db.ban.findFirst({ where: { userId: person.id } })).toMatchObject({ liftedAt: expect.any(Date) });
});

test("whoever is banned already is not banned again, and nothing changes", async () => {
  await createPerson({ username: "twice" });
  await ban("twice");
  const before = await snapshot();
  const answer = await ban("twice", "forever");
  expect(answer.status).toBe(409);
  expect(answer.body).toContain("@twice is already banned.");
  expect(await snapshot()).toEqual(before);
});

test("whoever is not banned cannot be unbanned", async () => {
  await createPerson({ username: "free" });
  const answer = await unban("free");
  expect(answer.status).toBe(409);
  expect(answer.body).toContain("@free is not banned.");
});

test("a session that begins during a ban opens the ban's page, and is gone with the ban", async () => {
  const person = await createPerson({ username: "returning" });
  await ban("returning");
  const cookie = await createSession(person.id);
  expect((await send("/", { cookie })).status).toBe(403);
  await unban("returning");
  expect((await send("/", { cookie })).body).not.toContain("data-viewer");
});

test("an expired ban binds nobody, even before the clock has lifted it", async () => {
  const person = await createPerson({ username: "served" });
  await banDirectly(person.id, { expiresAt: yesterday });
  expect((await send("/", { cookie: person.cookie })).body).not.toContain("data-viewer");
  const cookie = await createSession(person.id);
  expect((await send("/", { cookie })).body).toContain('data-viewer="served"');
  const page = await send("/admin/users/served", { cookie: moderator.cookie });
  expect(page.body).toContain("/admin/users/served/ban");
});

test("an expired ban is lifted by the clock, once, with a line in the record", async () => {
  const person = await createPerson({ username: "patient" });
  const other = await createPerson({ username: "still-banned" });
  const banId = await banDirectly(person.id, { expiresAt: yesterday });
  await banDirectly(other.id, { expiresAt: new Date(Date.now() + 86_400_000) });
  await Promise.all([liftExpiredBans(), liftExpiredBans(), liftExpiredBans()]);
  expect(await db.user.findUnique({ where: { id: person.id } })).toMatchObject({ banned: false, banId: null });
  expect(await db.user.findUnique({ where: { id: other.id } })).toMatchObject({ banned: true });
  expect((await send("/", { cookie: person.cookie })).body).not.toContain("data-viewer");
  const actions = await db.moderationAction.findMany({ where: { subjectUserId: person.id, kind: "ban-expired" } });
  expect(actions).toMatchObject([
    { moderatorUsername: "system", moderatorId: null, banId, reason: "The time of the ban is over." },
  ]);
  expect(await liftExpiredBans()).toBe(0);
});

test("a new ban over an expired one, which the clock has not lifted, writes both", async () => {
  const person = await createPerson({ username: "again" });
  await banDirectly(person.id, { expiresAt: yesterday });
  expect((await ban("again")).status).toBe(302);
  const actions = await db.moderationAction.findMany({ where: { subjectUserId: person.id }, orderBy: { id: "asc" } });
  expect(actions.map(({ kind }) => kind).sort()).toEqual(["ban", "ban", "ban-expired"]);
  expect(await db.ban.count({ where: { userId: person.id, liftedAt: null } })).toBe(1);
});

test("one broken ban does not keep the others from being lifted", async () => {
  const [broken, fine] = [await createPerson({ username: "broken" }), await createPerson({ username: "fine" })];
  await banDirectly(broken.id, { expiresAt: new Date(yesterday.getTime() - 1000) });
  await banDirectly(fine.id, { expiresAt: yesterday });
  await db.$executeRawUnsafe(
    `create function refuse_broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`,
  );
  await db.$executeRawUnsafe(
    `create trigger refuse_broken before update on users for each row when (old.id = '${broken.id}') execute function refuse_broken()`,
  );
  await expect(liftExpiredBans()).rejects.toThrow();
  expect(await db.user.findUnique({ where: { id: fine.id } })).toMatchObject({ banned: false });
  await db.$executeRawUnsafe("drop trigger refuse_broken on users");
  expect(await liftExpiredBans()).toBe(1);
});

test("signing somebody out everywhere counts at once and asks them to sign in again", async () => {
  const person = await createPerson({ username: "lost-phone" });
  const phone = await createSession(person.id);
  const answer = await send("/admin/users/lost-phone/sessions", {
    cookie: moderator.cookie,
    form: { reason: "Asked for it" },
  });
  expect(answer.status).toBe(302);
  for (const cookie of [person.cookie, phone]) {
    expect((await send("/", { cookie })).body).not.toContain("data-viewer");
  }
  const again = await send("/admin/users/lost-phone/sessions", {
    cookie: moderator.cookie,
    form: { reason: "Asked again" },
  });
  expect(again.status).toBe(409);
  expect(again.body).toContain("@lost-phone is signed in nowhere.");
});

test("a changed role counts on the next request of a session that is already there", async () => {
  const person = await createPerson({ username: "rising" });
  expect((await send("/admin/users", { cookie: person.cookie })).status).toBe(404);
  const form = { role: "moderator", reason: "Kind and patient" };
  await send("/admin/users/rising/role", { cookie: admin.cookie, form });
  expect((await send("/admin/users", { cookie: person.cookie })).status).toBe(200);
});

test("what moderators did can be neither changed nor deleted", async () => {
  const person = await createPerson({ username: "logged" });
  await ban("logged");
  const { id } = await db.moderationAction.findFirstOrThrow({ where: { subjectUserId: person.id } });
  const before = await snapshot();
  await expect(db.moderationAction.update({ where: { id }, data: { reason: "Other" } })).rejects.toThrow();
  await expect(db.moderationAction.delete({ where: { id } })).rejects.toThrow();
  await expect(db.$executeRaw`truncate moderation_actions`).rejects.toThrow();
  expect(await snapshot()).toEqual(before);
  await db.user.delete({ where: { id: person.id } });
  expect(await db.moderationAction.findUnique({ where: { id } })).toMatchObject({ subjectUsername: "logged" });
});

test.each(["/sign-out", "/sign-out/", "/Sign-Out"])("a banned person may still sign out at %s", async (path) => {
  const person = await createPerson({ username: `leaves-${path.length}${path.includes("S") ? "-up" : ""}` });
  expect((await ban(person.username)).status).toBe(302);
  const answer = await send(path, { form: {}, cookie: person.cookie });
  expect(answer.status).toBe(302);
  expect(answer.headers.getSetCookie()).toEqual([expect.stringContaining("stoa_session=; Max-Age=0")]);
  expect((await send("/", { cookie: person.cookie })).status).toBe(200);
});
