import { beforeAll, describe, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { publishDirectly } from "#app/posts/test-feeds.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;
let crowd: Person[];

beforeAll(async () => {
  mina = await createPerson({ username: "Mina" });
  omar = await createPerson({ username: "omar" });
  crowd = await Promise.all(
    Array.from({ length: 20 }, (_, index) => createPerson({ username: `reader${"abcdefghjkmnpqrtuvwx"[index]}` })),
  );
  await publishDirectly([{ authorId: omar.id, tags: ["bread", "東京"] }]);
});

function press(person: Person, path: string, on: string, more: Record<string, string> = {}) {
  return send(path, { cookie: person.cookie, form: { on, ...more }, headers: { Accept: "text/html" } });
}

async function expectCountsExact() {
  const people = await db.user.findMany({
    select: { counts: true, _count: { select: { followers: true, following: true } } },
  });
  for (const { counts, _count } of people) {
    expect([counts?.followerCount ?? 0, counts?.followingCount ?? 0]).toEqual([_count.followers, _count.following]);
  }
}

test("Mina follows Omar, twice is once, and stops; Omar is told once", async () => {
  for (const [on, follows] of [
    ["true", 1],
    ["true", 1],
    ["false", 0],
    ["false", 0],
    ["true", 1],
  ] as const) {
    const answer = await press(mina, "/u/OMAR/follow", on);
    expect([answer.status, answer.headers.get("Location")]).toEqual([302, "/u/omar"]);
    expect(await db.follow.count({ where: { followerId: mina.id } })).toBe(follows);
    await expectCountsExact();
  }
  const told = await db.notification.findMany({ where: { userId: omar.id }, include: { actors: true } });
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ kind: "follow", actors: [{ actorId: mina.id }] });
  const profile = await send("/u/omar", { cookie: mina.cookie });
  expect(profile.body).toMatch(/aria-pressed="true"/);
  expect(profile.body).toContain("<strong>1</strong> <!-- -->follower");
  expect((await send("/u/omar")).body).not.toContain("aria-pressed");
});

test("a script gets the new state; a button elsewhere leads back to its own page, and to no other site", async () => {
  const answer = await send("/u/omar/follow", {
    cookie: mina.cookie,
    form: { on: "true" },
    headers: { Accept: "*/*" },
  });
  expect(JSON.parse(answer.body)).toEqual({ on: true });
  const back = await press(mina, "/u/omar/follow", "true", { redirectTo: "/u/Mina/following?after=x" });
  expect(back.headers.get("Location")).toBe("/u/Mina/following?after=x");
  const away = await press(mina, "/u/omar/follow", "true", { redirectTo: "//evil.example" });
  expect(away.headers.get("Location")).toBe("/");
});

test("nobody follows themselves, somebody who does not exist, or by a form that does not say what it wants", async () => {
  expect((await press(mina, "/u/mina/follow", "true")).status).toBe(404);
  for (const name of ["nobody", "x".repeat(300), "%27%3B--", "%E6%9D%B1"]) {
    expect((await press(mina, `/u/${name}/follow`, "true")).status).toBe(404);
  }
  for (const on of ["", "1", "TRUE", "on"]) expect((await press(mina, "/u/omar/follow", on)).status).toBe(400);
  expect((await send("/u/omar/follow", { form: { on: "true" } })).status).toBe(401);
});

test("20 people who press on and off all at once leave counts that equal their recount", async () => {
  for (let round = 0; round < 3; round++) {
    await Promise.all(
      crowd.flatMap((person) => [
        press(person, "/u/omar/follow", round % 2 ? "false" : "true"),
        press(person, "/u/mina/follow", "true"),
        press(person, "/u/omar/follow", "true"),
        press(omar, `/u/${person.username}/follow`, round % 2 ? "true" : "false"),
      ]),
    );
    await expectCountsExact();
  }
});

test("one person's 20 presses at once count once, and tell once", async () => {
  const [reader] = crowd as [Person];
  await db.follow.deleteMany({ where: { followerId: reader.id } });
  await db.notification.deleteMany();
  await Promise.all(Array.from({ length: 20 }, () => press(reader, "/u/mina/follow", "true")));
  await expectCountsExact();
  expect(await db.notificationActor.count({ where: { actorId: reader.id } })).toBe(1);
});

describe("somebody who was blocked", () => {
  let troll: Person;
  let elspeth: Person;
  beforeAll(async () => {
    troll = await createPerson({ username: "troll" });
    elspeth = await createPerson({ username: "elspeth" });
    await press(troll, "/u/elspeth/follow", "true");
    await db.mute.create({ data: { muterId: elspeth.id, mutedId: troll.id, kind: "block" } });
  });

  test("follows no longer, and cannot again, by no door", async () => {
    expect(await db.follow.count({ where: { followeeId: elspeth.id } })).toBe(0);
    expect((await press(troll, "/u/elspeth/follow", "true")).status).toBe(404);
    await press(troll, "/welcome", "", { "person-0": "elspeth" });
    await db.$executeRaw`insert into follows values (${troll.id}::uuid, ${elspeth.id}::uuid)`;
    expect(await db.follow.count({ where: { followeeId: elspeth.id } })).toBe(0);
    await expectCountsExact();
  });

  test("is not followed by whoever blocked them, neither of the two is offered it, and a mute forbids nothing", async () => {
    expect((await send("/u/elspeth", { cookie: troll.cookie })).body).not.toContain('/u/elspeth/follow"');
    expect((await send("/u/troll", { cookie: elspeth.cookie })).body).not.toContain('/u/troll/follow"');
    expect((await press(elspeth, "/u/troll/follow", "true")).status).toBe(404);
    await press(elspeth, "/welcome", "", { "person-0": "troll" });
    expect(await db.follow.count({ where: { followerId: elspeth.id } })).toBe(0);
    await db.mute.updateMany({ data: { kind: "mute" } });
    expect((await press(troll, "/u/elspeth/follow", "true")).status).toBe(302);
    expect(await db.follow.count({ where: { followerId: troll.id, followeeId: elspeth.id } })).toBe(1);
  });

  test("two who block each other while they follow each other are left without follows", async () => {
    for (let round = 0; round < 10; round++) {
      await db.mute.deleteMany();
      await db.follow.deleteMany({ where: { followerId: { in: [troll.id, elspeth.id] } } });
      const pairs = [
        [troll, elspeth],
        [elspeth, troll],
      ] as const;
      for (const [one, other] of pairs) await press(one, `/u/${other.username}/follow`, "true");
      await Promise.all(
        pairs.map(([one, other]) => db.mute.create({ data: { muterId: one.id, mutedId: other.id, kind: "block" } })),
      );
      expect(await db.follow.count({ where: { followerId: { in: [troll.id, elspeth.id] } } })).toBe(0);
    }
    await expectCountsExact();
  });

  test("is kept out also when the follow and the block come at once", async () => {
    for (let round = 0; round < 10; round++) {
      await db.mute.deleteMany();
      await db.follow.deleteMany({ where: { followerId: troll.id } });
      await Promise.all([
        press(troll, "/u/elspeth/follow", "true"),
        db.mute.create({ data: { muterId: elspeth.id, mutedId: troll.id, kind: "block" } }),
      ]);
      expect(await db.follow.count({ where: { followerId: troll.id, followeeId: elspeth.id } })).toBe(0);
    }
    await expectCountsExact();
  });
});

test("a tag of a post is followed and left, also in another spelling; a word that is no tag is not", async () => {
  for (const [path, page] of [
    ["/t/Bread/follow", "/t/bread"],
    ["/t/%E6%9D%B1%E4%BA%AC/follow", "/t/%E6%9D%B1%E4%BA%AC"],
  ] as const) {
    expect((await press(mina, path, "true")).headers.get("Location")).toBe(page);
    expect((await press(mina, path, "true")).status).toBe(302);
  }
  expect((await db.tagFollow.findMany({ orderBy: { tag: "asc" } })).map(({ tag }) => tag)).toEqual(["bread", "東京"]);
  expect((await send("/t/bread", { cookie: mina.cookie })).body).toContain('aria-pressed="true"');
  expect((await press(mina, "/t/bread/follow", "false")).status).toBe(302);
  expect((await press(mina, "/t/no-such-tag/follow", "true")).status).toBe(404);
  expect(await db.tagFollow.count()).toBe(1);
});

test("whatever statement of a follow fails, nothing has happened and nobody was told", async () => {
  const reader = crowd[1] as Person;
  await db.follow.deleteMany({ where: { followerId: reader.id } });
  await db.notification.deleteMany();
  let failures = 0;
  // The first two say who asks and count the try.
  for (let failing = 3; ; failing++) {
    const answer = await send("/u/omar/follow", {
      cookie: reader.cookie,
      form: { on: "true" },
      headers: { Accept: "text/html" },
      beforeStatement: failAt(failing),
    });
    if (answer.status === 302) break;
    expect(answer.status).toBe(500);
    expect(await db.follow.count({ where: { followerId: reader.id } })).toBe(0);
    expect(await db.notification.count()).toBe(0);
    await expectCountsExact();
    failures += 1;
  }
  // BEGIN, who may, the row, the word
  expect(failures).toBe(4);
  expect(await db.notification.count()).toBe(1);
});
