import { beforeAll, beforeEach, expect, test } from "vitest";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { mutedPageSize } from "#app/mutes/mutes.server.ts";
import { publish } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let rufus: Person;
let omar: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  rufus = await createPerson({ username: "rufus", name: "Rufus Pell" });
  omar = await createPerson({ username: "omar", role: "moderator" });
});

beforeEach(async () => {
  await db.mute.deleteMany();
  await db.follow.deleteMany();
  await db.rateLimit.deleteMany();
});

const html = { Accept: "text/html" };
const toggle = (by: Person, path: string, on: string, fields = {}) =>
  send(path, { cookie: by.cookie, form: { on, ...fields }, headers: html });
const mute = (by: Person, whom: Person, on = "true") => toggle(by, `/u/${whom.username}/mute`, on);
const block = (by: Person, whom: Person, on = "true") => toggle(by, `/u/${whom.username}/block`, on);
const kinds = async (by: Person) =>
  (await db.mute.findMany({ where: { muterId: by.id }, orderBy: { createdAt: "asc" } })).map(({ kind }) => kind);
const follow = (by: Person, whom: Person) => db.follow.create({ data: { followerId: by.id, followeeId: whom.id } });
const countsOf = (person: Person) =>
  db.userCounts.findUnique({
    where: { userId: person.id },
    select: { followerCount: true, followingCount: true },
  });

test("Mina mutes Rufus at once: his posts leave her lists, are on his page with word of it, and come back", async () => {
  await publish(rufus, { title: "Four watches", tags: "watches" });
  expect((await send("/", { cookie: mina.cookie })).body).toContain("Four watches");
  const answer = await mute(mina, rufus);
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/u/rufus"]);
  for (const list of ["/", "/t/watches"]) {
    expect((await send(list, { cookie: mina.cookie })).body, list).not.toContain("Four watches");
  }
  const page = await send("/u/rufus", { cookie: mina.cookie });
  expect(page.body).toContain("You muted <bdi>Rufus Pell</bdi>.");
  expect(page.body).toContain("Their posts are here because you opened their page.");
  expect(page.body).toContain("Four watches");
  await mute(mina, rufus, "false");
  expect((await send("/", { cookie: mina.cookie })).body).toContain("Four watches");
  expect((await send("/u/rufus", { cookie: mina.cookie })).body).not.toContain("You muted");
});

test("whoever is muted sees every page as before", async () => {
  const postId = await publish(mina, { title: "On benches" });
  const paths = ["/", "/u/mina", `/p/${postId}/on-benches`, "/u/rufus", "/settings/muted"];
  const pages = async () =>
    Promise.all(
      paths.map(async (path) =>
        (await send(path, { cookie: rufus.cookie })).body.replace(
          /nonce="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|\d{13,}(\.\d+)?/g,
          "",
        ),
      ),
    );
  const before = await pages();
  await mute(mina, rufus);
  expect(await pages()).toEqual(before);
});

test("a script gets the new state; twice is once; a block stays a block", async () => {
  const asked = await send("/u/rufus/mute", { cookie: mina.cookie, form: { on: "true" }, headers: { Accept: "*/*" } });
  expect(JSON.parse(asked.body)).toEqual({ on: true });
  await mute(mina, rufus);
  expect(await kinds(mina)).toEqual(["mute"]);
  await block(mina, rufus);
  await block(mina, rufus);
  expect(await kinds(mina)).toEqual(["block"]);
  await mute(mina, rufus);
  await mute(mina, rufus, "false");
  expect(await kinds(mina)).toEqual(["block"]);
  await block(mina, rufus, "false");
  expect(await kinds(mina)).toEqual([]);
});

test("before a block its page says what will happen, and afterwards how to take it back", async () => {
  const before = await send("/u/rufus/block", { cookie: mina.cookie });
  expect(before.body).toContain("Block @rufus");
  expect(before.body).toContain('name="on" value="true"');
  await block(mina, rufus);
  const page = await send("/u/rufus", { cookie: mina.cookie });
  expect(page.body).toContain("You blocked <bdi>Rufus Pell</bdi>.");
  expect(page.body).toContain('action="/u/rufus/block"');
  const after = await send("/u/rufus/block", { cookie: mina.cookie });
  expect(after.body).toContain("Unblock @rufus");
  expect(after.body).toContain('name="on" value="false"');
});

test("with a block both follows end, and the counters know", async () => {
  await follow(mina, rufus);
  await follow(rufus, mina);
  await follow(omar, mina);
  await block(mina, rufus);
  expect(await db.follow.count()).toBe(1);
  expect(await countsOf(mina)).toEqual({ followerCount: 1, followingCount: 0 });
  expect(await countsOf(rufus)).toEqual({ followerCount: 0, followingCount: 0 });
});

test("whoever is blocked cannot comment on the blocker's posts or answer their comments, and keeps the text", async () => {
  const [hers, other] = [await publish(mina, {}), await publish(omar, {})];
  const { id } = await db.comment.create({ data: { postId: other, authorId: mina.id, body: "x", bodyHtml: "x" } });
  await block(mina, rufus);
  const say = (postId: number, form: Record<string, string>) =>
    send(`/p/${postId}/comments`, { cookie: rufus.cookie, form: { body: "my words", ...form } });
  for (const answer of [await say(hers, {}), await say(other, { parentId: String(id) })]) {
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("You cannot comment here");
    expect(answer.body).toContain("my words</textarea>");
  }
  expect((await say(other, {})).status).toBe(302);
  await mute(mina, omar);
  expect((await send(`/p/${hers}/comments`, { cookie: omar.cookie, form: { body: "x" } })).status).toBe(302);
});

test("a block does not keep a moderator from acting", async () => {
  const loud = await createPerson({ username: "loud" });
  const postId = await publish(loud, { title: "Buy now" });
  await block(loud, omar);
  expect((await send(`/p/${postId}/buy-now`, { cookie: omar.cookie })).status).toBe(200);
  const form = { duration: "7d", reason: "Adverts" };
  expect((await send("/admin/users/loud/ban", { cookie: omar.cookie, form })).status).toBe(302);
  expect((await send("/u/loud", { cookie: omar.cookie })).body).toContain("banned at the moment");
});

test("nobody mutes or blocks themselves, or nobody, or with an unknown wish", async () => {
  for (const act of ["mute", "block"]) {
    for (const name of ["mina", "MINA", "nobody-here", "%27", "x".repeat(50)]) {
      expect((await toggle(mina, `/u/${name}/${act}`, "true")).status, `${name} ${act}`).toBe(404);
    }
    for (const on of ["", "1", "TRUE", "block"]) expect((await toggle(mina, `/u/rufus/${act}`, on)).status).toBe(400);
    const foreign = { Origin: "https://evil.example" };
    expect(
      (await send(`/u/rufus/${act}`, { cookie: mina.cookie, form: { on: "true" }, headers: foreign })).status,
    ).toBe(403);
  }
  expect(await db.mute.count()).toBe(0);
});

test("the list holds everyone once, the latest first, and takes each back without scripts", async () => {
  const count = mutedPageSize * 2 + 7;
  const ids = Array.from(
    { length: count },
    (_, index) => `0193${String(index).padStart(4, "0")}-0000-7000-8000-000000000000`,
  );
  await db.user.createMany({
    data: ids.map((id, index) => ({
      id,
      username: `quiet${index}x`,
      usernameKey: `quiet${index}x`,
      usernameSkeleton: `quiet${index}x`,
      name: `Quiet ${index}`,
      email: `quiet${index}@example.org`,
    })),
  });
  await db.mute.createMany({
    data: ids.map((mutedId, index) => ({
      muterId: mina.id,
      mutedId,
      kind: index % 2 ? ("block" as const) : ("mute" as const),
      createdAt: new Date(Date.UTC(2026, 0, 1) + Math.floor(index / 4)),
    })),
  });
  const seen: string[] = [];
  for (let next: string | undefined = "/settings/muted"; next; ) {
    const page = await send(next, { cookie: mina.cookie });
    expect(page.statements).toHaveLength(2);
    seen.push(
      ...[...page.body.matchAll(/<li class="person-line">.*?href="\/u\/([^"]+)"/g)].map(([, name]) => name ?? ""),
    );
    next = /<a[^>]*rel="next"[^>]*href="([^"]+)"/.exec(page.body)?.[1];
    expect(seen.length).toBeLessThanOrEqual(count);
  }
  const expected = await db.mute.findMany({
    where: { muterId: mina.id },
    orderBy: [{ createdAt: "desc" }, { mutedId: "asc" }],
    select: { muted: { select: { username: true } } },
  });
  expect(seen).toEqual(expected.map(({ muted }) => muted.username));
  const undone = await toggle(mina, "/u/quiet0x/mute", "false", { from: "list" });
  expect(undone.headers.get("location")).toBe("/settings/muted");
  expect(
    (await toggle(mina, "/u/quiet1x/block", "false", { from: "https://evil.example" })).headers.get("location"),
  ).toBe("/u/quiet1x");
  expect(await db.mute.count()).toBe(count - 2);
  expect((await send("/settings/muted", { cookie: rufus.cookie })).body).toContain("You have muted and blocked nobody");
});

test("two who block each other at once, again and again, do not wait in a circle", async () => {
  for (let round = 0; round < 10; round++) {
    await db.mute.deleteMany();
    await follow(mina, rufus);
    await follow(rufus, mina);
    const answers = await Promise.all([block(mina, rufus), block(rufus, mina), block(mina, rufus), block(rufus, mina)]);
    expect(answers.map(({ status }) => status)).toEqual([302, 302, 302, 302]);
    expect([await db.mute.count(), await db.follow.count()]).toEqual([2, 0]);
  }
});

test("wherever the connection breaks, a block is there with everything that goes with it, or not at all", async () => {
  await follow(mina, rufus);
  await follow(rufus, mina);
  let statements = 0;
  for (let at = 0; ; at++) {
    const fault = new BrokenConnection(at);
    const answer = await send("/u/rufus/block", {
      cookie: mina.cookie,
      form: { on: "true" },
      headers: html,
      beforeStatement: fault.beforeStatement,
    });
    await fault.settle();
    if (!fault.happened) break;
    statements++;
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect([await db.mute.count(), await db.follow.count()]).toEqual([0, 2]);
    expect(await countsOf(mina)).toEqual({ followerCount: 1, followingCount: 1 });
  }
  // who asks, whom it concerns, BEGIN, both people, whether she still is, the block, the follows, COMMIT
  expect(statements).toBe(8);
  expect([await db.mute.count(), await db.follow.count()]).toEqual([1, 0]);
});
