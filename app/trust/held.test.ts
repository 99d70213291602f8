import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { createPost, say } from "#app/comments/test-comments.ts";
import { publish, stored } from "#app/posts/test-posts.ts";
import { databasePool, db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { heldPageSize } from "#app/trust/held.server.ts";
import { setGates } from "#app/trust/test-gates.ts";

let omar: Person;
let mina: Person;
let settled: number;
let serial = 0;

beforeAll(async () => {
  omar = await createPerson({ username: "omar", role: "moderator" });
  mina = await createPerson({ username: "mina" });
  settled = await createPost(mina);
});

beforeEach(async () => {
  await setGates({ heldPosts: 1 });
  await db.rateLimit.deleteMany();
});

function newcomer(): Promise<Person> {
  serial += 1;
  return createPerson({ username: `newcomer-${serial}` });
}

async function holdComment(person: Person, body: string): Promise<number> {
  const answer = await say(person, settled, body);
  expect(answer.status).toBe(302);
  const { id } = await db.comment.findFirstOrThrow({ where: { authorId: person.id }, orderBy: { id: "desc" } });
  return id;
}

test("a held post is seen marked by its author and by moderators, and by nobody else anywhere", async () => {
  const person = await newcomer();
  expect((await send("/new", { cookie: person.cookie })).body).toContain("waits for a moderator’s look before");
  const id = await publish(person, { title: "Canary in the post", body: "canary @mina" });
  const path = `/p/${id}/canary-in-the-post`;
  for (const cookie of [person.cookie, omar.cookie]) {
    expect((await send(path, { cookie })).body).toContain("This post waits for a moderator’s look.");
  }
  for (const cookie of [undefined, mina.cookie]) {
    expect((await send(path, { cookie })).status).toBe(404);
    for (const list of ["/", `/u/${person.username}`, "/t/weather", "/feed.xml", "/search?q=canary"]) {
      expect((await send(list, { cookie })).body, list).not.toContain("Canary in the post");
    }
  }
  expect(await db.notification.count({ where: { userId: mina.id, postId: id } })).toBe(0);
  expect((await db.user.findUniqueOrThrow({ where: { id: person.id } })).postCount).toBe(0);
});

test("a held comment is read by its author and by moderators, counts nowhere and tells nobody", async () => {
  const person = await newcomer();
  const before = (await stored(settled)).commentCount;
  const id = await holdComment(person, "canary of a comment");
  for (const cookie of [person.cookie, omar.cookie]) {
    const { body } = await send(`/p/${settled}/on-benches`, { cookie });
    expect(body).toContain("canary of a comment");
    expect(body).toContain("This comment waits for a moderator’s look.");
    expect((await send(`/comments/${id}`, { cookie })).status).toBe(302);
  }
  for (const cookie of [undefined, mina.cookie]) {
    expect((await send(`/p/${settled}/on-benches`, { cookie })).body).not.toContain("canary of a comment");
    expect((await send(`/comments/${id}`, { cookie })).status).toBe(404);
  }
  expect((await stored(settled)).commentCount).toBe(before);
  expect(await db.notification.count({ where: { commentId: id } })).toBe(0);
});

test("a moderator approves a post from the list: it appears as published now, and its author's next one at once", async () => {
  const person = await newcomer();
  const id = await publish(person, { title: "Worth a look" });
  await db.post.update({ where: { id }, data: { publishedAt: new Date(Date.now() - 3_600_000) } });
  const list = await send("/moderation/held", { cookie: omar.cookie });
  expect(list.body).toContain("Worth a look");
  expect(list.body).toContain(`action="/p/${id}/approval?held"`);
  const form = { reason: "A moderator looked at it." };
  const approved = await send(`/p/${id}/approval?held`, { cookie: omar.cookie, form });
  expect(approved.headers.get("location")).toBe("/moderation/held");
  const { publishedAt, heldAt, removedAt } = await stored(id);
  expect({ heldAt, removedAt }).toEqual({ heldAt: null, removedAt: null });
  expect(Date.now() - Number(publishedAt)).toBeLessThan(60_000);
  expect((await send("/")).body).toContain("Worth a look");
  expect((await send("/moderation/held", { cookie: omar.cookie })).body).not.toContain("Worth a look");
  await publish(person, { title: "The second one" });
  expect((await send("/")).body).toContain("The second one");
});

test("a comment that is approved is read by everybody, and one that is removed waits no longer", async () => {
  const person = await newcomer();
  const [good, bad] = [await holdComment(person, "good words"), await holdComment(person, "bad words")];
  const act = (id: number, noun: string) =>
    send(`/comments/${id}/${noun}?held`, { cookie: omar.cookie, form: { reason: "Looked at", rule: "spam" } });
  expect((await act(bad, "removal")).status).toBe(302);
  expect((await act(bad, "approval")).status).toBe(409);
  expect((await act(good, "approval")).status).toBe(302);
  const { body } = await send(`/p/${settled}/on-benches`);
  expect(body).toContain("good words");
  expect(body).not.toContain("bad words");
  const list = await send("/moderation/held", { cookie: omar.cookie });
  expect(list.body).not.toMatch(/good words|bad words/);
  const own = await send(`/p/${settled}/on-benches`, { cookie: person.cookie });
  expect(own.body).toMatch(/A moderator removed this comment[\s\S]*No advertising[\s\S]*Looked at/);
});

test("what waits and is restored instead of approved is in sight, and waits no longer", async () => {
  const id = await holdComment(await newcomer(), "restored words");
  const form = { reason: "Looked at", rule: "spam" };
  expect((await send(`/comments/${id}/restoration`, { cookie: omar.cookie, form })).status).toBe(302);
  expect((await send(`/p/${settled}/on-benches`)).body).toContain("restored words");
  expect((await send("/moderation/held", { cookie: omar.cookie })).body).not.toContain("restored words");
});

test("walking the list from page to page meets each post and comment once, the longest waiting first", async () => {
  const person = await newcomer();
  await db.post.updateMany({ where: { heldAt: { not: null } }, data: { heldAt: null } });
  await db.comment.updateMany({ where: { heldAt: { not: null } }, data: { heldAt: null } });
  const count = heldPageSize + 5;
  const at = (index: number) => new Date(Date.UTC(2026, 0, 1) + Math.floor(index / 3) * 1000);
  for (let index = 0; index < count; index++) {
    const held = { heldAt: at(index), removedAt: at(index), bodyHtml: "", body: `Comment ${index}.` };
    await db.comment.create({ data: { ...held, postId: settled, authorId: person.id } });
    const texts = {
      title: `Post ${index}.`,
      excerpt: "",
      tags: [],
      publishedAt: at(index),
    };
    await db.post.create({ data: { ...texts, ...held, status: "published", authorId: person.id } });
  }
  const seen: string[] = [];
  for (let path: string | undefined = "/moderation/held"; path; ) {
    const page: Awaited<ReturnType<typeof send>> = await send(path, { cookie: omar.cookie });
    expect(page.statements).toHaveLength(2);
    seen.push(
      ...[...page.body.matchAll(/action="\/(p|comments)\/(\d+)\/approval/g)].map(([, kind, id]) => `${kind}${id}`),
    );
    path = /href="([^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"/.exec(page.body)?.slice(1).find(Boolean);
    expect(seen.length).toBeLessThan(500);
  }
  expect(seen).toHaveLength(2 * count);
  expect(new Set(seen).size).toBe(2 * count);
});

test("the list walks the indexes of what waits, and never a table", async () => {
  const { statements } = await send("/moderation/held", { cookie: omar.cookie });
  const client = await databasePool().connect();
  try {
    await client.query("analyze posts, comments");
    await client.query("begin");
    await client.query("set local enable_seqscan = off");
    const { rows } = await client.query(`explain ${statements.at(-1)}`, [heldPageSize + 1]);
    const plan = rows.map((row: Record<string, string>) => Object.values(row)[0]).join("\n");
    expect(plan).toContain("Index Scan using posts_held");
    expect(plan).toContain("Index Scan using comments_held");
  } finally {
    await client.query("rollback");
    client.release();
  }
});
