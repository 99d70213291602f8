import { beforeEach, expect, test } from "vitest";
import { decideOn, lastActionOn } from "#app/appeals/test-appeals.ts";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let rufus: Person;
let omar: Person;
let ban: string;
let number = 0;

beforeEach(async () => {
  number += 1;
  rufus = await createPerson({ username: `rufus-${"abcdefghjk"[number]}` });
  omar = await createPerson({ username: `omar-${"abcdefghjk"[number]}`, role: "moderator" });
  ban = await decideOn(omar, rufus, "ban", { duration: "7d", rule: "spam" });
});

const signIn = () =>
  send("/sign-in", { form: { identifier: rufus.email, password: rufus.password } }).then(({ cookie }) => cookie);

test("a banned person signs in to the ban's page, which leads to the decision and to their data", async () => {
  const cookie = await signIn();
  const { status, body } = await send("/", { cookie });
  expect(status).toBe(403);
  for (const words of [`/decisions/${ban}`, "/settings/data", "No advertising", "Adverts again"]) {
    expect(body).toContain(words);
  }
  expect(body).not.toContain(omar.username);
  const decision = await send(`/decisions/${ban}`, { cookie });
  expect(decision.status).toBe(200);
  expect(decision.body).toContain("What is wrong with this decision?");
  expect(decision.body).not.toContain('href="/notifications"');
  expect(decision.headers.get("cache-control")).toBe("private, no-store");
});

test("they appeal, ask for a copy of their data, and leave; they write nothing else", async () => {
  const cookie = await signIn();
  const sent = await send(`/decisions/${ban}/appeal`, { cookie, form: { body: "I sold nothing." } });
  expect(sent.status).toBe(302);
  expect((await send("/settings/data/exports", { cookie, form: {} })).status).toBe(302);
  expect(await db.dataExport.count({ where: { userId: rufus.id } })).toBe(1);
  expect((await send("/settings/profile", { cookie, form: { name: "Rufus" } })).status).toBe(403);
  expect((await send("/p/1/reaction", { cookie, form: { on: "true" } })).status).toBe(403);
  const left = await send("/settings/data/deletion", { cookie, form: { contributions: "keep" } });
  expect(left.status).toBe(302);
  expect(await db.accountDeletion.count({ where: { userId: rufus.id } })).toBe(1);
  expect((await send("/settings/data", { cookie })).status).toBe(401);
});

test("what asks for a fresh proof asks them too, and takes their password", async () => {
  const cookie = await signIn();
  await db.session.updateMany({ where: { userId: rufus.id }, data: { provedAt: new Date(Date.now() - 3_600_000) } });
  const asked = await send("/settings/data/deletion", { cookie });
  expect(asked.headers.get("location")).toContain("/confirm");
  expect((await send("/confirm", { cookie })).status).toBe(200);
  const proved = await send("/confirm/password", {
    cookie,
    form: { password: rufus.password, redirectTo: "/settings/data/deletion" },
  });
  expect(proved.status).toBe(302);
  expect((await send("/settings/data/deletion", { cookie })).status).toBe(200);
});

test("a banned moderator has no role at the addresses that are open to them", async () => {
  const admin = await createPerson({ username: `iris-${"abcdefghjk"[number]}`, role: "admin" });
  await decideOn(admin, omar, "ban", { duration: "7d" });
  for (const path of ["/moderation/appeals", "/admin/users", `/moderation/log/${ban}/undo`]) {
    expect((await send(path, { cookie: omar.cookie })).status).toBe(403);
  }
  const page = await send("/settings/data", { cookie: omar.cookie });
  expect(page.status).toBe(200);
  expect(page.body).not.toContain("/admin/users");
});

test("a session that another ban had ended opens nothing any more", async () => {
  const old = rufus.cookie;
  await send(`/admin/users/${rufus.username}/unban`, { cookie: omar.cookie, form: { reason: "It was enough" } });
  expect((await send("/settings/data", { cookie: old })).status).toBe(401);
  await decideOn(omar, rufus, "ban", { duration: "7d" });
  expect((await send("/settings/data", { cookie: old })).status).toBe(403);
  expect((await send(`/decisions/${await lastActionOn(rufus.id)}`, { cookie: old })).status).toBe(403);
});

test("odd spellings of what is open lead nowhere else", async () => {
  const cookie = await createSession(rufus.id);
  for (const path of [
    "/settings/database",
    "/settings",
    "/confirmed",
    "/decisions",
    "/settings/data/../profile",
    "/%73ettings/profile",
  ]) {
    expect((await send(path, { cookie })).status, path).toBe(403);
  }
  expect((await send("/Settings/Data/", { cookie })).status).toBe(200);
});
