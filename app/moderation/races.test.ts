import { beforeEach, expect, test } from "vitest";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { databasePool, db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let round = 0;
let iris: Person;
let vera: Person;

beforeEach(async () => {
  // Exactly two admins at the start of each test.
  const old = await db.user.findMany({ where: { role: "admin" }, select: { id: true } });
  round += 1;
  iris = await createPerson({ username: `iris-${round}`, role: "admin" });
  vera = await createPerson({ username: `vera-${round}`, role: "admin" });
  await db.user.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
});

const reason = "At the same moment";

function changeRole(by: Person, on: Person, role = "member") {
  return send(`/admin/users/${on.username}/role`, { cookie: by.cookie, form: { role, reason } });
}

function ban(by: Person, on: Person) {
  return send(`/admin/users/${on.username}/ban`, { cookie: by.cookie, form: { duration: "7d", reason } });
}

function countAdmins() {
  return db.user.count({ where: { role: "admin", banned: false } });
}

test("two admins who step down at once leave one, who is told why", async () => {
  for (let i = 0; i < 20; i++) {
    const answers = await Promise.all([changeRole(iris, iris), changeRole(vera, vera, "moderator")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toContain("There is no other admin");
    expect(await countAdmins()).toBe(1);
    await db.user.updateMany({ where: { id: { in: [iris.id, vera.id] } }, data: { role: "admin" } });
  }
});

test("what two admins do to each other at once waits for a third", async () => {
  for (let i = 0; i < 20; i++) {
    const answers = await Promise.all([
      changeRole(iris, vera),
      changeRole(vera, iris),
      ban(iris, vera),
      ban(vera, iris),
    ]);
    expect(answers.map(({ headers }) => headers.get("location")?.endsWith("?proposed"))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(await countAdmins()).toBe(2);
  }
});

test("two admins who demote each other while both step down never leave none", async () => {
  for (let i = 0; i < 20; i++) {
    const answers = await Promise.all([
      changeRole(iris, vera),
      changeRole(vera, iris),
      changeRole(iris, iris),
      changeRole(vera, vera),
    ]);
    expect(answers.every(({ status }) => status < 500)).toBe(true);
    expect(await countAdmins()).toBeGreaterThanOrEqual(1);
    await db.user.updateMany({ where: { id: { in: [iris.id, vera.id] } }, data: { role: "admin" } });
  }
});

test("two bans of one person at once make one", async () => {
  for (let i = 0; i < 20; i++) {
    const person = await createPerson({ username: `twice-${i}` });
    const answers = await Promise.all([ban(iris, person), ban(vera, person)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 409]);
    expect(await db.ban.count({ where: { userId: person.id } })).toBe(1);
    expect(await db.moderationAction.count({ where: { subjectUserId: person.id } })).toBe(1);
  }
});

test("a ban and its lifting, again and again at once, end in a state that agrees with itself", async () => {
  const person = await createPerson({ username: "to-and-fro" });
  const unban = () => send("/admin/users/to-and-fro/unban", { cookie: vera.cookie, form: { reason } });
  for (let i = 0; i < 10; i++) {
    const answers = await Promise.all([ban(iris, person), unban(), ban(vera, person), unban()]);
    expect(answers.every(({ status }) => status === 302 || status === 409)).toBe(true);
  }
  const user = await db.user.findUniqueOrThrow({ where: { id: person.id } });
  const standing = await db.ban.findMany({ where: { userId: person.id, liftedAt: null } });
  expect(standing.map(({ id }) => id)).toEqual(user.banned ? [user.banId] : []);
});

test("a member who publishes while being banned stops neither", async () => {
  for (let i = 0; i < 10; i++) {
    const person = await createPerson({ username: `prolific-${i}` });
    const texts = { title: "A post", body: "x", bodyHtml: "x", excerpt: "x", tags: [] };
    const publish = () =>
      db.post.create({ data: { authorId: person.id, status: "published", publishedAt: new Date(), ...texts } });
    const [, , answer] = await Promise.all([publish(), publish(), ban(iris, person), publish(), publish(), publish()]);
    expect(answer.status).toBe(302);
    expect(await db.user.findUnique({ where: { id: person.id } })).toMatchObject({ postCount: 5, banned: true });
  }
});

test("a ban does not wait for a post of the person that is being written, nor the post for the ban", async () => {
  const person = await createPerson({ username: "slow-writer" });
  const client = await databasePool().connect();
  await client.query("begin");
  const insert = "insert into posts (author_id, title, body, body_html, excerpt, submission_key, tags)";
  await client.query(`${insert} values ($1, 'A post', 'x', 'x', 'x', gen_random_uuid(), '{}')`, [person.id]);
  expect((await ban(iris, person)).status).toBe(302);
  await client.query("update posts set status = 'published', published_at = now() where author_id = $1", [person.id]);
  await client.query("commit");
  client.release();
  expect(await db.user.findUnique({ where: { id: person.id } })).toMatchObject({ postCount: 1, banned: true });
});

test("of a sign-in and a ban at the same moment no session comes out alive", async () => {
  for (let i = 0; i < 20; i++) {
    const person = await createPerson({ username: `racing-${i}` });
    const [, ...cookies] = await Promise.all([ban(iris, person), ...[1, 2, 3].map(() => createSession(person.id))]);
    for (const cookie of [person.cookie, ...cookies]) expect((await send("/", { cookie })).status).toBe(403);
    expect(await db.session.count({ where: { userId: person.id, banId: null } })).toBe(0);
  }
});

test("a sign-in that waits for a ban to be written is ended by it", async () => {
  const person = await createPerson({ username: "waiting" });
  const client = await databasePool().connect();
  await client.query("begin");
  await client.query("select 1 from users where id = $1 for no key update", [person.id]);
  const signIn = createSession(person.id);
  await untilSomebodyWaits();
  const ban = await client.query(
    "insert into bans (id, user_id, moderator_id, reason) values (gen_random_uuid(), $1, $2, 'x') returning id",
    [person.id, iris.id],
  );
  await client.query("update users set banned = true, ban_id = $2 where id = $1", [person.id, ban.rows[0].id]);
  await client.query("commit");
  client.release();
  expect((await send("/", { cookie: await signIn })).status).toBe(403);
});

test("a ban that waits for a sign-in to be written ends it", async () => {
  const person = await createPerson({ username: "quick" });
  const client = await databasePool().connect();
  await client.query("begin");
  await client.query(
    "insert into sessions (id, user_id, token, expires_at) values (gen_random_uuid(), $1, 'quick', now() + interval '1 day')",
    [person.id],
  );
  const banned = ban(iris, person);
  await untilSomebodyWaits();
  await client.query("commit");
  client.release();
  expect((await banned).status).toBe(302);
  expect(await db.session.findUnique({ where: { token: "quick" } })).toMatchObject({ banId: expect.any(String) });
});

test("a session of somebody whose ban has expired is alive", async () => {
  const person = await createPerson({ username: "expired" });
  await banDirectly(person.id, { expiresAt: new Date(Date.now() - 1000) });
  expect((await send("/", { cookie: await createSession(person.id) })).body).toContain('data-viewer="expired"');
});

async function untilSomebodyWaits(): Promise<void> {
  const waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
  while ((await databasePool().query(waiting)).rowCount === 0);
}
