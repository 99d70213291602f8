import pg from "pg";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { feedPageSize } from "#app/posts/posts.server.ts";
import { idsOn, nextOn, publishDirectly, walk } from "#app/posts/test-feeds.ts";
import { takeRankEpoch } from "#app/ranking/epochs.server.ts";
import { db } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

const hourMs = 3_600_000;
let author: Person;
let talkers: Person[];

beforeAll(async () => {
  author = await createPerson({ username: "author" });
  talkers = await Promise.all(
    ["a", "b", "c", "d", "e"].map((letter) => createPerson({ username: `talker-${letter}x` })),
  );
});

beforeEach(async () => {
  await db.post.deleteMany();
  await db.rankEpoch.deleteMany();
  await db.mute.deleteMany();
});

function publishAged(...ageHours: number[]) {
  return publishDirectly(
    ageHours.map((hours) => ({ authorId: author.id, publishedAt: new Date(Date.now() - hours * hourMs) })),
  );
}

async function like(postId: number, count: number) {
  await db.reaction.createMany({ data: talkers.slice(0, count).map(({ id }) => ({ postId, userId: id })) });
}

async function comment(postId: number, ...by: Person[]) {
  await db.comment.createMany({
    data: by.map(({ id }) => ({ postId, authorId: id, body: "x", bodyHtml: "<p>x</p>" })),
  });
}

async function hot(cookie?: string): Promise<number[]> {
  return idsOn((await send("/hot", { cookie })).body);
}

test("a site whose first order is still to come shows its newest posts; an empty one says what will be here", async () => {
  expect((await send("/hot")).body).toContain("Nothing is hot yet");
  const [older, newer] = await publishAged(5, 1);
  expect(await hot()).toEqual([newer, older]);
  await takeRankEpoch();
  expect(await hot()).toEqual([newer, older]);
});

test("likes and people who comment lift a post, one who writes often and its author do not, age lets it sink", async () => {
  const [liked, talked, quarrel, fresh, old] = (await publishAged(10, 10, 10, 10, 60)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  await like(liked, 5);
  await comment(talked, ...talkers);
  await comment(quarrel, ...Array<Person>(20).fill(talkers[0] as Person), ...Array<Person>(5).fill(author));
  await like(old, 5);
  await takeRankEpoch();
  expect(await hot()).toEqual([liked, talked, quarrel, fresh, old]);
  const epoch = await db.rankEpoch.findFirstOrThrow();
  expect(epoch.commenters).toEqual([0, 5, 1, 0, 0]);
});

test("it is one statement beside who asks, on every page", async () => {
  await publishAged(...Array.from({ length: 60 }, (_, hours) => hours));
  await takeRankEpoch();
  const first = await send("/hot");
  expect(first.statements).toHaveLength(1);
  expect(first.body).not.toContain("<script");
  const next = nextOn(first.body) ?? "";
  expect((await send(next)).statements).toHaveLength(1);
  const signedIn = await send(next, { cookie: author.cookie });
  expect(signedIn.statements).toHaveLength(2);
  expect(idsOn(signedIn.body)).toHaveLength(feedPageSize);
});

test("whoever pages through an order goes on in it, while the next orders turn everything upside down", async () => {
  const ids = await publishAged(...Array.from({ length: 70 }, (_, hours) => hours));
  await takeRankEpoch();
  let turn = 0;
  const seen = await walk("/hot", undefined, async () => {
    // The last ones become the hottest, and newer ones come.
    for (const id of ids.slice(-10 - turn))
      await db.post.update({ where: { id }, data: { reactionCount: 5000 + ++turn } });
    await publishAged(0);
    await takeRankEpoch();
  });
  expect(seen).toEqual(ids);
  expect((await hot())[0]).not.toBe(ids[0]);
});

test("who is muted and what was removed meanwhile is left out as it is read, and the pages stay full", async () => {
  const muted = talkers[0] as Person;
  const ids = await publishAged(...Array.from({ length: 40 }, (_, hours) => hours));
  await db.post.updateMany({ where: { id: { in: ids.slice(0, 5) } }, data: { authorId: muted.id } });
  await takeRankEpoch();
  await db.mute.create({ data: { muterId: author.id, mutedId: muted.id } });
  await db.post.update({ where: { id: ids[6] }, data: { removedAt: new Date() } });
  const left = ids.filter((_, index) => index > 4 && index !== 6);
  expect(await walk("/hot", author.cookie)).toEqual(left);
  expect(await hot(author.cookie)).toHaveLength(feedPageSize);
  expect(await hot()).toContain(ids[0]);
});

test("an order that is no longer kept is said to be gone, and the reader begins anew", async () => {
  await publishAged(...Array.from({ length: 30 }, (_, hours) => hours));
  await takeRankEpoch();
  const next = nextOn((await send("/hot")).body) ?? "";
  const { id } = await db.rankEpoch.findFirstOrThrow();
  await db.rankEpoch.update({ where: { id }, data: { asOf: new Date(Date.now() - 23 * hourMs) } });
  await publishAged(0);
  await takeRankEpoch();
  expect((await send(next)).body).not.toContain("no longer kept");
  await db.rankEpoch.update({ where: { id }, data: { asOf: new Date(Date.now() - 25 * hourMs) } });
  await publishAged(0);
  await takeRankEpoch();
  expect(await db.rankEpoch.count()).toBe(2);
  const anew = await send(next);
  expect([anew.status, anew.body.includes("no longer kept")]).toEqual([200, true]);
  expect(idsOn(anew.body)).toEqual(await hot());
});

test.each(["x", "0-1", "1-", "-1", "1-99999", "99999999999-1", "1-1-1", "'; drop table posts"])(
  "a cursor that is none (%s) gives the first page",
  async (after) => {
    const [id] = await publishAged(1);
    await takeRankEpoch();
    const page = await send(`/hot?after=${encodeURIComponent(after)}`);
    expect([page.status, idsOn(page.body)]).toEqual([200, [id]]);
  },
);

test("time alone makes no new order, and nobody is told of one; another order is told to those who listen", async () => {
  const client = new pg.Client({ connectionString: settings().databaseUrl });
  await client.connect();
  const [first, second] = (await publishAged(1, 2)) as [number, number];
  await takeRankEpoch();
  const before = await db.rankEpoch.findFirstOrThrow();
  let told = 0;
  client.on("notification", () => {
    told += 1;
  });
  await client.query("listen content");
  await takeRankEpoch();
  await Promise.all([takeRankEpoch(), takeRankEpoch()]);
  await client.query("select 1");
  const after = await db.rankEpoch.findFirstOrThrow();
  expect([await db.rankEpoch.count(), told]).toEqual([1, 0]);
  expect(after.asOf.getTime()).toBeGreaterThan(before.asOf.getTime());
  await like(second, 5);
  await client.query("select 1");
  told = 0;
  await takeRankEpoch();
  await client.query("select 1");
  expect(told).toBe(1);
  expect(await hot()).toEqual([second, first]);
  await client.end();
});

test("whatever statement of making an order fails, the one before stands", async () => {
  await publishAged(1, 2);
  await takeRankEpoch();
  const before = await db.rankEpoch.findMany();
  await publishAged(0);
  let failures = 0;
  for (let failing = 0; ; failing++) {
    const scope = { id: "", clientAddress: "", statements: [], beforeStatement: failAt(failing) };
    const made = await withRequestScope(scope, () =>
      takeRankEpoch().then(
        () => true,
        () => false,
      ),
    );
    if (made) break;
    expect(await db.rankEpoch.findMany()).toEqual(before);
    failures += 1;
  }
  expect(failures).toBeGreaterThanOrEqual(7);
  expect(await db.rankEpoch.count()).toBe(2);
});
