import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { publishDirectly } from "#app/posts/test-feeds.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

let newcomer: Person;
let writers: Person[];

beforeAll(async () => {
  newcomer = await createPerson({ username: "newcomer" });
  writers = await Promise.all(["mina", "omar", "elspeth"].map((username) => createPerson({ username })));
});

const choice = { "person-0": "mina", "person-2": "OMAR", "tag-1": "Bread", redirectTo: "/hot" };

function choose(form: Record<string, string>, beforeStatement?: (text: string, index: number) => void) {
  return send("/welcome", { cookie: newcomer.cookie, form, beforeStatement });
}

test("the first member of a site, who could follow nobody, goes straight on", async () => {
  const visit = await send("/welcome?redirectTo=/drafts", { cookie: newcomer.cookie });
  expect(visit.headers.get("Location")).toBe("/drafts");
});

test("a newcomer is offered people and tags as one form, and a way past it", async () => {
  await publishDirectly(writers.map(({ id }) => ({ authorId: id, tags: ["bread", "maps"] })));
  const page = await send("/welcome?redirectTo=/hot", { cookie: newcomer.cookie });
  expect(page.statements).toHaveLength(2);
  for (const value of ["mina", "omar", "elspeth", "bread", "maps"]) {
    expect(page.body).toMatch(new RegExp(`type="checkbox" name="(person|tag)-\\d+" value="${value}"`));
  }
  expect(page.body).toMatch(/href="\/hot"[^>]*>Skip/);
  const away = await send("/welcome?redirectTo=https://evil.example", { cookie: newcomer.cookie });
  expect(away.body).not.toContain("evil");
});

test("whatever statement fails, nothing is followed and nobody is told; then all of it is", async () => {
  let failures = 0;
  for (let failing = 2; ; failing++) {
    const answer = await choose(choice, failAt(failing));
    if (answer.status === 302) break;
    expect(answer.status).toBe(500);
    expect([await db.follow.count(), await db.tagFollow.count(), await db.notification.count()]).toEqual([0, 0, 0]);
    failures += 1;
  }
  expect(failures).toBeGreaterThanOrEqual(8);
  expect([await db.follow.count(), await db.tagFollow.count(), await db.notification.count()]).toEqual([2, 1, 2]);
  expect(await db.userCounts.findUnique({ where: { userId: newcomer.id } })).toMatchObject({ followingCount: 2 });
});

test("who and what is chosen already is not offered again, and chosen twice is once", async () => {
  const page = await send("/welcome", { cookie: newcomer.cookie });
  expect(page.body).toContain('value="elspeth"');
  expect(page.body).not.toContain('value="mina"');
  expect((await choose(choice)).headers.get("Location")).toBe("/hot");
  expect(await db.follow.count()).toBe(2);
});

test("oneself, strangers to the site and words that are no tags are left out; nothing chosen is fine", async () => {
  expect((await choose({ "person-0": "newcomer", "person-1": "nobody", "tag-0": "no-such-tag" })).status).toBe(302);
  expect((await choose({ "person-0": "\0", "tag-0": "\0", "tag-1": "x".repeat(5_000) })).status).toBe(302);
  expect((await choose({})).headers.get("Location")).toBe("/");
  expect(await db.follow.count()).toBe(2);
  expect((await send("/welcome")).status).toBe(401);
});

test("many newcomers who follow the same people at once do not wait in a circle", async () => {
  const crowd = await Promise.all(
    ["a", "b", "c", "d", "e", "f"].map((letter) => createPerson({ username: `crowd-${letter}${letter}` })),
  );
  const names = [...crowd, ...writers].map(({ username }) => username);
  const answers = await Promise.all(
    crowd.map(({ cookie }, at) => {
      const order = [...names.slice(at), ...names.slice(0, at)].slice(0, 8);
      return send("/welcome", { cookie, form: Object.fromEntries(order.map((name, n) => [`person-${n}`, name])) });
    }),
  );
  expect(answers.map(({ status }) => status)).toEqual(crowd.map(() => 302));
});
