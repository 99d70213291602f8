import { beforeAll, describe, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { table as guarded } from "#app/guards/table.ts";
import { publish } from "#app/posts/test-posts.ts";
import { takeRankEpoch } from "#app/ranking/epochs.server.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

/*
 * Somebody whom Mina muted carries a canary word in everything that is theirs: username, name, about, titles, texts,
 * comments. Every address of the site, from the table of app/guards, is visited as Mina, as a page and as data, and
 * the word may stand only where this table says why. A list is also shown to somebody who muted nobody, who must find
 * the word, so that an empty list proves nothing.
 *
 * An address may not carry the word itself: a search for it would say it again. Search for `marker` instead.
 */
const canary = /canary/i;
const marker = "nightingale";

type Place =
  /** shows what many people made: nothing of the muted one's, on any of the addresses */
  | { list: string[] }
  /** a conversation: what the muted one said there is closed until the reader opens it */
  | { thread: string[] }
  /** shows the muted one on purpose */
  | { shows: string; because: string; as?: "moderator" }
  /** shows nothing of other people's */
  | { nothing: string };

const forReaders = "what readers elsewhere fetch is the same for everyone";

const places: Record<string, Place> = {
  "": { list: ["/", "/?after=zzzzzzzz-999999"] },
  hot: { list: ["/hot"] },
  following: { list: ["/following"] },
  "t/:tag": { list: ["/t/gardening"] },
  "u/:username/followers": { list: ["/u/mina/followers"] },
  "u/:username/following": { list: ["/u/mina/following"] },
  "p/:postId/:slug?": { thread: ["/p/1/a-garden"] },
  "u/:username": { shows: "/u/canarybird", because: "their page was asked for, and says that they are muted" },
  "mentions/suggestions": { list: ["/mentions/suggestions?q=ca", "/mentions/suggestions?q=&postId=1"] },
  "comments/:commentId/history": { shows: "/comments/1/history", because: "that comment's history was asked for" },
  "comments/:commentId/report": { shows: "/comments/1/report", because: "whoever reports a comment sees which" },
  bookmarks: { list: ["/bookmarks"] },
  "feed.xml": { shows: "/feed.xml", because: forReaders },
  "feed.json": { shows: "/feed.json", because: forReaders },
  "t/:tag/feed.xml": { shows: "/t/gardening/feed.xml", because: forReaders },
  "t/:tag/feed.json": { shows: "/t/gardening/feed.json", because: forReaders },
  "sitemap/:kind/:chunk": { shows: "/sitemap/posts/0.xml", because: forReaders },
  search: { list: [`/search?q=${marker}`, `/search?q=${marker}&in=people`] },
  notifications: { list: ["/notifications"] },
  "settings/muted": { shows: "/settings/muted", because: "it is the list of those muted" },
  "admin/users": { shows: "/admin/users", because: "a moderator's work does not pass anyone by", as: "moderator" },
};

const table: Record<string, Place> = {
  ...Object.fromEntries(Object.entries(guarded).map(([pattern, { url }]) => [pattern, { nothing: url }])),
  ...places,
};

let mina: Person;
let bela: Person;
let omar: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  bela = await createPerson({ username: "bela" });
  omar = await createPerson({ username: "omar", role: "moderator" });
  const bird = await createPerson({ username: "canarybird", name: "Canary Finch" });
  await db.user.update({ where: { id: bird.id }, data: { bio: `A canary, a ${marker}` } });
  // Before the mute: each of them has something to do with the other's things.
  const hers = await publish(mina, { title: "A garden", tags: "gardening" });
  const theirs = await publish(bird, {
    title: `Canary and ${marker}`,
    body: `A canary for @mina, not a ${marker}.`,
    tags: "gardening",
  });
  const answer = await send(`/p/${hers}/comments`, {
    cookie: bird.cookie,
    form: { body: "canary, canary @mina @bela" },
  });
  const commentId = Number(/#comment-(\d+)$/.exec(answer.headers.get("location") ?? "")?.[1]);
  for (const by of [bela, mina]) {
    await send(`/p/${hers}/comments`, { cookie: by.cookie, form: { body: "Yes.", parentId: String(commentId) } });
  }
  await db.reaction.create({ data: { postId: hers, userId: bird.id } });
  for (const reader of [mina, bela]) {
    await db.bookmark.create({ data: { postId: theirs, userId: reader.id } });
    await db.follow.createMany({
      data: [
        { followerId: reader.id, followeeId: bird.id },
        { followerId: bird.id, followeeId: reader.id },
      ],
    });
  }
  await takeRankEpoch();
  expect([hers, commentId]).toEqual([1, 1]);
  for (const muter of [mina, omar]) await db.mute.create({ data: { muterId: muter.id, mutedId: bird.id } });
});

test("what the table names is an address of the site", () => {
  expect(Object.keys(places).filter((pattern) => !(pattern in guarded))).toEqual([]);
});

describe.each(Object.entries(table))("/%s", (_, place) => {
  if ("list" in place) {
    test("shows others what the muted one made, and Mina nothing of it", async () => {
      const shown = await Promise.all(place.list.map((url) => visit(url, bela)));
      expect(shown.join("")).toMatch(canary);
      for (const url of place.list) for (const door of doorsOf(url)) await expectNone(door);
    });
  } else if ("thread" in place) {
    test("keeps what the muted one said closed", async () => {
      for (const url of place.thread) {
        expect(openWordsOf(await visit(url, bela)), url).toMatch(canary);
        const page = await visit(url, mina);
        expect(page, "it is there to be opened").toMatch(canary);
        expect(openWordsOf(page).match(/.{0,80}canary.{0,80}/gi) ?? [], url).toEqual([]);
      }
    });
  } else if ("shows" in place) {
    test(`shows the muted one: ${place.because}`, async () => {
      expect(await visit(place.shows, place.as === "moderator" ? omar : mina)).toMatch(canary);
    });
  } else {
    test("has nothing of the muted one's", async () => {
      for (const door of doorsOf(place.nothing)) await expectNone(door);
    });
  }
});

async function visit(url: string, person: Person): Promise<string> {
  return (await send(url, { cookie: person.cookie })).body;
}

async function expectNone(url: string): Promise<void> {
  expect((await visit(url, mina)).match(/.{0,80}canary.{0,80}/gi) ?? [], url).toEqual([]);
}

/** The page and its data. */
function doorsOf(url: string): string[] {
  const { pathname, search } = new URL(url, "http://localhost");
  return [url, `${pathname === "/" ? "/_" : pathname}.data${search}`];
}

/** What a reader sees before they open anything: no closed details, and none of the data that goes with the page. */
function openWordsOf(page: string): string {
  return page
    .replace(/<script[\s\S]*?<\/script>/g, "")
    .replace(/<details(?![^>]*\sopen)[^>]*>(<summary[\s\S]*?<\/summary>)[\s\S]*?<\/details>/g, "$1");
}
