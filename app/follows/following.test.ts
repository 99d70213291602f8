import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { listFollowing } from "#app/follows/following-feed.server.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { feedPageSize } from "#app/posts/posts.server.ts";
import { idsOn, nextOn, publishDirectly, walk } from "#app/posts/test-feeds.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { parseCursor } from "#app/ui/cursor.ts";

const tags = ["bread", "maps", "rust", "walking", "poetry"];
const start = Date.UTC(2026, 0, 1);
let reader: Person;
let authors: Person[];

beforeAll(async () => {
  reader = await createPerson({ username: "reader" });
  authors = await Promise.all(
    Array.from({ length: 12 }, (_, index) => createPerson({ username: `author-${"abcdefghjkmn"[index]}` })),
  );
  // The first authors write much, the last ones little; three at each moment, so that the id has to decide.
  await publishDirectly(
    Array.from({ length: 400 }, (_, index) => ({
      authorId: authors[Math.floor(drawn() ** 2 * authors.length)]?.id ?? "",
      publishedAt: new Date(start + Math.floor(index / 3) * 1000),
      tags: tags.filter(() => drawn() < 0.2),
    })),
  );
  const some = await db.post.findMany({ where: { id: { in: [5, 50, 150, 250] } }, select: { id: true } });
  for (const { id } of some) await db.post.update({ where: { id }, data: { removedAt: new Date() } });
});

beforeEach(async () => {
  await db.follow.deleteMany();
  await db.tagFollow.deleteMany();
  await db.mute.deleteMany();
});

/** Draws the same numbers in every run. */
let seed = 7;
function drawn(): number {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
}

/** What the page must show, said as simply as can be. */
async function expected(): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    select id from posts p
     where status = 'published' and deleted_at is null and removed_at is null
       and (author_id in (select followee_id from follows where follower_id = ${reader.id}::uuid)
            or exists (select from tag_follows t where t.user_id = ${reader.id}::uuid and t.tag = any (p.tags)))
       and author_id not in (select muted_id from mutes where muter_id = ${reader.id}::uuid)
     order by published_at desc, id desc`;
  return rows.map(({ id }) => id);
}

function follow(...people: (Person | undefined)[]) {
  return db.follow.createMany({
    data: people.map((person) => ({ followerId: reader.id, followeeId: person?.id ?? "" })),
  });
}

test.each([
  { whom: "nobody and nothing", people: 0, topics: 0, muted: 0 },
  { whom: "one who writes little", people: -1, topics: 0, muted: 0 },
  { whom: "a few", people: 3, topics: 1, muted: 1 },
  { whom: "everybody", people: 12, topics: 5, muted: 2 },
  { whom: "only tags", people: 0, topics: 2, muted: 1 },
  { whom: "those who write little, and all tags", people: -6, topics: 5, muted: 3 },
])("whoever follows $whom meets each of those posts once, newest first, from page to page", async (given) => {
  await follow(...(given.people < 0 ? authors.slice(given.people) : authors.slice(0, given.people)));
  await db.tagFollow.createMany({ data: tags.slice(0, given.topics).map((tag) => ({ userId: reader.id, tag })) });
  await db.mute.createMany({
    data: authors.slice(0, given.muted).map(({ id }) => ({ muterId: reader.id, mutedId: id })),
  });
  expect(await walk("/following", reader.cookie)).toEqual(await expected());
});

test("a page of any size that begins anywhere is what the simple question gives", async () => {
  for (let round = 0; round < 25; round++) {
    await db.follow.deleteMany();
    await db.tagFollow.deleteMany();
    await follow(...authors.filter(() => drawn() < 0.3));
    await db.tagFollow.createMany({
      data: tags.filter(() => drawn() < 0.3).map((tag) => ({ userId: reader.id, tag })),
    });
    const all = await expected();
    const at = Math.floor(drawn() * all.length);
    const before = all[at];
    const post = before === undefined ? null : await db.post.findUniqueOrThrow({ where: { id: before } });
    const after = post?.publishedAt ? { at: post.publishedAt, id: String(post.id) } : null;
    const viewer = { ...reader, avatar: "", sessionId: "", provedAt: "", staffFactorDue: null, recoveryReadyAt: null };
    const page = await listFollowing(viewer, after);
    const wanted = after ? all.slice(at + 1) : all;
    expect(page.posts.map(({ id }) => id)).toEqual(wanted.slice(0, feedPageSize));
    expect(page.next === null).toBe(wanted.length <= feedPageSize);
    if (page.next) expect(parseCursor(page.next)?.id).toBe(String(wanted[feedPageSize - 1]));
  }
});

test("what is published while one reads moves nothing: no post comes twice and none is left out", async () => {
  await follow(...authors);
  const before = await expected();
  const [author] = authors as [Person];
  let later = 0;
  const seen = await walk("/following", reader.cookie, () =>
    publishDirectly([{ authorId: author.id, publishedAt: new Date(start + 1e9 + ++later) }]),
  );
  expect(seen).toEqual(before);
  const [newest] = await expected();
  expect(idsOn((await send("/following", { cookie: reader.cookie })).body)[0]).toBe(newest);
});

test("it is one statement beside who asks, on the first page and far down", async () => {
  await follow(...authors);
  const first = await send("/following", { cookie: reader.cookie });
  expect(first.statements).toHaveLength(2);
  const second = await send(nextOn(first.body) ?? "", { cookie: reader.cookie });
  expect(second.statements).toHaveLength(2);
  expect(idsOn(second.body)).toHaveLength(feedPageSize);
});

test("where nothing is followed, people and tags are offered, and no one who is muted, banned or followed", async () => {
  const [muted, banned] = authors as [Person, Person];
  await db.mute.create({ data: { muterId: reader.id, mutedId: muted.id } });
  await banDirectly(banned.id);
  const page = await send("/following", { cookie: reader.cookie });
  expect(page.body).toContain("Nothing here yet");
  expect(page.body).toContain('action="/u/author-c/follow"');
  expect(page.body).toContain('action="/t/bread/follow"');
  for (const { username } of [muted, banned]) expect(page.body).not.toContain(`/u/${username}/follow`);
  expect(page.body).not.toContain("/u/reader/follow");
});

test("a visitor is offered to sign in and come back; a cursor that is none gives the first page", async () => {
  const visit = await send("/following");
  expect(visit.status).toBe(401);
  expect(visit.body).toContain("/sign-in?redirectTo=%2Ffollowing");
  await follow(...authors);
  const first = idsOn((await send("/following", { cookie: reader.cookie })).body);
  for (const after of ["x", "-", "zzzzzzzzzz-1", "'; drop table posts", "1-99999999999"]) {
    const page = await send(`/following?after=${encodeURIComponent(after)}`, { cookie: reader.cookie });
    expect(idsOn(page.body)).toEqual(first);
  }
});
