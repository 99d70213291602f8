import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { peoplePageSize } from "#app/follows/people-lists.server.ts";
import { nextOn } from "#app/posts/test-feeds.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;
const many = peoplePageSize * 2 + 5;

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina Sørensen" });
  omar = await createPerson({ username: "omar" });
  const letters = "abcdefghjkmnpqrtuvwx";
  const fans = await db.user.createManyAndReturn({
    data: Array.from({ length: many }, (_, index) => {
      const username = `fan-${letters[Math.floor(index / 20)]}${letters[index % 20]}`;
      return {
        username,
        usernameKey: username,
        usernameSkeleton: username,
        name: username,
        email: `${username}@x.org`,
      };
    }),
  });
  // Four at each moment, so that the id has to decide.
  await db.follow.createMany({
    data: fans.map(({ id }, index) => ({
      followerId: id,
      followeeId: mina.id,
      createdAt: new Date(Date.UTC(2026, 0, 1) + Math.floor(index / 4) * 1000),
    })),
  });
  await db.follow.create({ data: { followerId: mina.id, followeeId: omar.id } });
});

async function walkPeople(start: string, cookie?: string): Promise<string[]> {
  const seen: string[] = [];
  for (let next: string | undefined = start; next; ) {
    const { body } = await send(next, { cookie });
    seen.push(...[...body.matchAll(/class="person-face" href="\/u\/([^"]+)"/g)].map((match) => match[1] ?? ""));
    next = nextOn(body);
  }
  return seen;
}

test("walking somebody's followers meets each of them once, the newest first", async () => {
  const seen = await walkPeople("/u/mina/followers");
  const rows = await db.follow.findMany({
    where: { followeeId: mina.id },
    orderBy: [{ createdAt: "desc" }, { followerId: "asc" }],
    select: { follower: { select: { username: true } } },
  });
  expect(seen).toEqual(rows.map(({ follower }) => follower.username));
  expect(seen).toHaveLength(many);
});

test("a member sees whom of them they follow themselves, no button for themselves, and nobody whom they mute", async () => {
  await db.follow.create({ data: { followerId: omar.id, followeeId: mina.id } });
  const [friend, muted] = await db.user.findMany({ where: { username: { in: ["fan-aa", "fan-ab"] } } });
  await db.follow.create({ data: { followerId: omar.id, followeeId: friend?.id ?? "" } });
  await db.mute.create({ data: { muterId: omar.id, mutedId: muted?.id ?? "" } });
  const seen = await walkPeople("/u/mina/followers", omar.cookie);
  expect(seen).toHaveLength(many);
  expect(seen).toContain("omar");
  expect(seen).not.toContain(muted?.username);
  const pressed = await send("/u/omar/following", { cookie: omar.cookie });
  expect(pressed.body.match(/aria-pressed="true"/g)).toHaveLength(2);
  expect((await send("/u/mina/followers", { cookie: omar.cookie })).body).not.toContain('/u/omar/follow"');
});

test("the list of whom one follows is the other way round, and has one address", async () => {
  expect(await walkPeople("/u/mina/following")).toEqual(["omar"]);
  expect(await walkPeople("/u/omar/followers")).toEqual(["mina"]);
  expect((await send("/u/MINA/following")).headers.get("Location")).toBe("/u/mina/following");
  expect((await send("/u/nobody/followers")).status).toBe(404);
});

test("a cursor that is none gives the first page", async () => {
  const first = (await send("/u/mina/followers")).body;
  for (const after of ["x", "lzqo6o00-5", "lzqo6o00-00000000-0000-0000-0000-00000000000g", "%00"]) {
    expect((await send(`/u/mina/followers?after=${encodeURIComponent(after)}`)).body.length).toBe(first.length);
  }
});
