import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { publish } from "#app/posts/test-posts.ts";
import { databasePool, db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let iris: Person;
const people = new Map<string, Person>();

beforeAll(async () => {
  iris = await createPerson({ username: "iris", name: "Iris Kallas" });
  for (const [username, name] of [
    ["mina", "Mina Sørensen"],
    ["minerva", "Minerva Low"],
    ["miguel", "Miguel Ángel"],
    ["mirela", "Mirela Pop"],
    ["kofi", "Kofi Minta"],
    ["soren", "Søren Mikkelsen"],
    ["mi_x", "Underscore"],
  ] as const) {
    people.set(username, await createPerson({ username, name }));
  }
});

beforeEach(async () => {
  await db.mute.deleteMany();
  await db.follow.deleteMany();
  await db.rateLimit.deleteMany();
});

const idOf = (username: string) => people.get(username)?.id ?? "";

async function suggested(q: string, postId?: number | string): Promise<string[]> {
  const query = new URLSearchParams({ q, ...(postId !== undefined && { postId: String(postId) }) });
  const answer = await send(`/mentions/suggestions?${query}`, { cookie: iris.cookie });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
  return JSON.parse(answer.body).people.map(({ username }: { username: string }) => username);
}

test("the beginning of a username or of a name finds people, by username first", async () => {
  expect(await suggested("min")).toEqual(["mina", "minerva"]);
  expect(await suggested("MI")).toEqual(["mi_x", "miguel", "mina", "minerva", "mirela"]);
  expect(await suggested("sør")).toEqual(["soren"]);
  expect(await suggested("mi_")).toEqual(["mi_x"]);
});

test("those of the conversation come first, then those whom one follows, also by a later word of their name", async () => {
  const soren = people.get("soren") ?? iris;
  const postId = await publish(soren, { title: "On rain" });
  await db.comment.create({ data: { postId, authorId: idOf("mirela"), body: "x", bodyHtml: "x" } });
  await db.follow.create({ data: { followerId: iris.id, followeeId: idOf("kofi") } });
  expect(await suggested("mi", postId)).toEqual(["mirela", "soren", "kofi", "mi_x", "miguel", "mina", "minerva"]);
  expect(await suggested("", postId)).toEqual(["mirela", "soren", "kofi"]);
  expect(await suggested("")).toEqual(["kofi"]);
  const draft = await db.post.update({ where: { id: postId }, data: { deletedAt: new Date() } });
  expect(await suggested("", draft.id)).toEqual(["kofi"]);
});

test("nobody muted, blocked, blocking, banned or oneself is offered; who muted the writer is", async () => {
  await db.mute.createMany({
    data: [
      { muterId: iris.id, mutedId: idOf("mina") },
      { muterId: iris.id, mutedId: idOf("minerva"), kind: "block" },
      { muterId: idOf("miguel"), mutedId: iris.id, kind: "block" },
      { muterId: idOf("mirela"), mutedId: iris.id },
    ],
  });
  const banned = await createPerson({ username: "mihai" });
  await banDirectly(banned.id);
  expect(await suggested("mi")).toEqual(["mi_x", "mirela"]);
  expect(await suggested("iri")).toEqual([]);
});

test.each(["%", "_", "\\", "'", "a b", "<b>", "x".repeat(31), "mina@example.org", "\0"])(
  "%j begins nobody's name",
  async (typed) => {
    expect(await suggested(typed)).toEqual([]);
  },
);

test("an e-mail address finds nobody, and what is no post is no conversation", async () => {
  await createPerson({ username: "zoe", name: "Zoe", email: "secret-address@example.org" });
  expect(await suggested("secret-address")).toEqual([]);
  for (const postId of ["x", "-1", "99999999999", "'"]) expect(await suggested("zo", postId)).toEqual(["zoe"]);
});

test("names and usernames are found by their indexes", async () => {
  const { statements } = await send("/mentions/suggestions?q=mi", { cookie: iris.cookie });
  const client = await databasePool().connect();
  try {
    await client.query("begin");
    await client.query("set local enable_seqscan = off");
    const { rows } = await client.query(`explain ${statements.at(-1)}`, [iris.id, "mi%", null]);
    const plan = rows.map((row: Record<string, string>) => Object.values(row)[0]).join("\n");
    expect(plan).toContain("users_username_begins");
    expect(plan).toContain("users_name_begins");
  } finally {
    await client.query("rollback");
    client.release();
  }
});
