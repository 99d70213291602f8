import { beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let people = 0;
let iris: Person;
let omar: Person;
let mina: Person;
let path: string;

beforeEach(async () => {
  people += 1;
  const letter = "abcdefghjkmnpqrtuvwxyz"[people];
  iris = await createPerson({ username: `iris${letter}`, role: "admin" });
  omar = await createPerson({ username: `omar${letter}`, role: "moderator" });
  mina = await createPerson({ username: `mina${letter}` });
  path = `/admin/users/${mina.username}`;
});

const looks = (actor: Person) => db.auditEvent.count({ where: { actorId: actor.id, userId: mina.id } });

test("whoever of the staff looks at a person is in the register once an hour, and the person reads it by role", async () => {
  for (let times = 0; times < 3; times++) await send(path, { cookie: omar.cookie });
  await send(`${path}.data`, { cookie: iris.cookie });
  expect([await looks(omar), await looks(iris)]).toEqual([1, 1]);
  const { body } = await send("/settings/security/log", { cookie: mina.cookie });
  expect(body).toContain("An admin looked at your account: addresses, ways in, devices");
  expect(body).toContain("A moderator looked at your account: devices");
  expect(body).not.toContain(omar.username);
  // Their own page is nobody else's look.
  await send(`/admin/users/${omar.username}`, { cookie: omar.cookie });
  expect(await db.auditEvent.count({ where: { actorId: omar.id, userId: omar.id } })).toBe(0);
});

test("looking through the list with addresses is in the register, for admins", async () => {
  const listings = (actorId: string) => db.auditEvent.count({ where: { actorId, kind: "people-listed" } });
  for (let times = 0; times < 2; times++) await send("/admin/users", { cookie: iris.cookie });
  await send("/admin/users", { cookie: omar.cookie });
  expect([await listings(iris.id), await listings(omar.id)]).toEqual([1, 0]);
});

test("an admin sees which ways in there are and how many others are near, a moderator neither", async () => {
  await db.passkey.create({
    data: { userId: mina.id, credentialId: `c${people}`, publicKey: Buffer.from("k"), name: "Key" },
  });
  const near = await createPerson({ username: `near${people}xyz` });
  const facts = { ipAddress: `198.51.${people}.7`, userAgent: "Mozilla/5.0 Firefox/145.0" };
  await db.session.updateMany({ where: { userId: mina.id }, data: facts });
  await db.session.updateMany({ where: { userId: near.id }, data: { ...facts, ipAddress: `198.51.${people}.99` } });
  const seen = await send(path, { cookie: iris.cookie });
  expect(seen.body).toContain("One passkey.");
  expect(seen.body).toContain(
    "One other person is signed in from a network of theirs, 1 of them also with the same browser.",
  );
  expect(seen.body).toContain("A hint and nothing more");
  expect(seen.body).not.toContain(near.username);
  const bySmaller = await send(path, { cookie: omar.cookie });
  expect(bySmaller.body).not.toMatch(/Ways in|Others from the same place|passkey/);
});

test("moderators leave notes for each other, which the person never sees", async () => {
  const note = "Was kind when asked\nto stop";
  const answer = await send(`${path}/notes`, { cookie: omar.cookie, form: { note } });
  expect(answer.headers.get("location")).toBe(`${path}/notes`);
  expect((await send(path, { cookie: iris.cookie })).body).toContain("Was kind when asked");
  expect((await send(`${path}/notes`, { cookie: mina.cookie })).status).toBe(404);
  for (const body of ["", " ", "\u0000", "x".repeat(2001)]) {
    expect((await send(`${path}/notes`, { cookie: omar.cookie, form: { body } })).status).toBe(400);
  }
  expect(await db.modNote.count({ where: { userId: mina.id } })).toBe(1);
});
