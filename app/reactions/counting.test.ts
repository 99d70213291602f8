import { beforeAll, beforeEach, expect, test } from "vitest";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { createComments, createPost } from "#app/comments/test-comments.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let postId: number;
let commentId: number;
const people: Person[] = [];

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina" });
  for (const letter of "abcdefghjkmnpqrtuvwx") people.push(await createPerson({ username: `reader${letter}` }));
});

beforeEach(async () => {
  await db.notification.deleteMany();
  postId = await createPost(mina);
  [commentId = 0] = await createComments([{ postId, authorId: mina.id }]);
});

function react(person: Person | undefined, path: string, on: boolean) {
  return send(`${path}/reaction`, { cookie: person?.cookie, form: { on: String(on) } });
}

async function counted(of: "post" | "comment"): Promise<[number, number]> {
  if (of === "post") {
    const { reactionCount } = await db.post.findUniqueOrThrow({ where: { id: postId } });
    return [reactionCount, await db.reaction.count({ where: { postId } })];
  }
  const { reactionCount } = await db.comment.findUniqueOrThrow({ where: { id: commentId } });
  return [reactionCount, await db.commentReaction.count({ where: { commentId } })];
}

/** How many people each unread line of Mina's names. */
async function toldMina(): Promise<number[]> {
  const lines = await db.notification.findMany({
    where: { userId: mina.id, kind: "reaction", readAt: null },
    select: { _count: { select: { actors: true } } },
  });
  return lines.map(({ _count }) => _count.actors);
}

test.each(["post", "comment"] as const)(
  "after 50 rounds of 20 people at once, on and off as it comes, the count of a %s is its recount",
  { timeout: 180_000 },
  async (of) => {
    const path = of === "post" ? `/p/${postId}` : `/comments/${commentId}`;
    let state = 11;
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state / 2_147_483_648;
    };
    for (let round = 0; round < 50; round++) {
      const answers = await Promise.all(people.map((person) => react(person, path, random() < 0.6)));
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
      const [count, rows] = await counted(of);
      expect(count).toBe(rows);
      // and whoever likes it now is on Mina's unread line, and nobody else
      expect(await toldMina()).toEqual(rows > 0 ? [rows] : []);
    }
    await Promise.all(people.map((person) => react(person, path, true)));
    expect(await counted(of)).toEqual([20, 20]);
    await Promise.all(people.map((person) => react(person, path, false)));
    expect(await counted(of)).toEqual([0, 0]);
    expect(await toldMina()).toEqual([]);
  },
);

test("a comment is liked once by one person, and not by whoever wrote it", async () => {
  const [reader] = people;
  const path = `/comments/${commentId}`;
  await Promise.all(Array.from({ length: 20 }, () => react(reader, path, true)));
  expect(await counted("comment")).toEqual([1, 1]);
  expect((await react(mina, path, true)).status).toBe(404);
  expect(await counted("comment")).toEqual([1, 1]);
  const page = await send(`/p/${postId}/on-benches`, { cookie: reader?.cookie });
  expect(page.body).toMatch(/action="\/comments\/\d+\/reaction"[\s\S]*?aria-pressed="true"/);
  const own = await send(`/p/${postId}/on-benches`, { cookie: mina.cookie });
  expect(own.body).not.toContain(`/comments/${commentId}/reaction`);
});

test("nobody likes a comment that they cannot see", async () => {
  const hidden = [
    ...(await createComments([{ postId: await createPost(mina, { removedAt: new Date() }), authorId: mina.id }])),
    ...(await createComments([{ postId: await createPost(mina, { status: "draft" }), authorId: mina.id }])),
    commentId,
    0,
    2_147_483_647,
  ];
  await db.comment.update({ where: { id: commentId }, data: { deletedAt: new Date() } });
  for (const id of hidden) expect((await react(people[0], `/comments/${id}`, true)).status, String(id)).toBe(404);
  expect(await db.commentReaction.count({ where: { commentId: { in: hidden } } })).toBe(0);
});

test("who takes a like back leaves the line that was not read yet, and no line that was", async () => {
  const [one, other] = people;
  const path = `/comments/${commentId}`;
  await react(one, path, true);
  await react(other, path, true);
  expect(await toldMina()).toEqual([2]);
  await react(one, path, false);
  expect(await toldMina()).toEqual([1]);
  await db.notification.updateMany({ data: { readAt: new Date() } });
  await react(other, path, false);
  expect(await db.notificationActor.count()).toBe(1);
});

test("without scripts one comes back to the page that one was on, at the comment", async () => {
  const headers = (referer: string) => ({ Accept: "text/html", Referer: referer });
  const post = `/p/${postId}/on-benches`;
  for (const [referer, location] of [
    [`http://localhost:3000${post}?sort=new`, `${post}?sort=new#comment-${commentId}`],
    ["http://localhost:3000/p/999/other?thread=1", `${post}#comment-${commentId}`],
    ["https://evil.example//evil.example/x", `${post}#comment-${commentId}`],
    ["nonsense", `${post}#comment-${commentId}`],
  ] as const) {
    const form = { on: "true" };
    const cookie = people[0]?.cookie;
    // only the path and the question of a referer count, and only of this post
    const answer = await send(`/comments/${commentId}/reaction`, { cookie, form, headers: headers(referer) });
    expect(answer.headers.get("location"), referer).toBe(location);
  }
});

test.each([true, false])(
  "wherever the connection breaks, a like is set to %s with its count and word, or not",
  async (on) => {
    const [reader] = people;
    const path = `/comments/${commentId}`;
    if (!on) await react(reader, path, true);
    const before = [await counted("comment"), await toldMina()];
    let broken = 0;
    for (; ; broken++) {
      const fault = new BrokenConnection(broken);
      const { beforeStatement } = fault;
      const form = { on: String(on) };
      const { status } = await send(`${path}/reaction`, { cookie: reader?.cookie, form, beforeStatement });
      await fault.settle();
      if (!fault.happened) break;
      expect(status).toBeGreaterThanOrEqual(500);
      expect([await counted("comment"), await toldMina()]).toEqual(before);
    }
    expect(broken).toBeGreaterThanOrEqual(6);
    expect([await counted("comment"), await toldMina()]).toEqual(on ? [[1, 1], [1]] : [[0, 0], []]);
  },
);
