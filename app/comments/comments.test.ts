import { beforeAll, beforeEach, expect, test } from "vitest";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { commentLimits } from "#app/comments/comment.ts";
import { listComments } from "#app/comments/threads.server.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { scriptsThatRun } from "#app/site/test-scripts.ts";

let mina: Person;
let omar: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina" });
  omar = await createPerson({ username: "omar", name: "Omar" });
});

beforeEach(async () => {
  await db.rateLimit.deleteMany();
});

async function createPost(
  data: { status?: "draft" | "published"; removedAt?: Date; deletedAt?: Date } = {},
): Promise<number> {
  const { status = "published" } = data;
  const post = await db.post.create({
    data: {
      authorId: mina.id,
      title: "On benches",
      body: "x",
      bodyHtml: "<p>x</p>",
      excerpt: "x",
      tags: ["benches"],
      publishedAt: status === "published" ? new Date() : null,
      ...data,
      status,
    },
  });
  return post.id;
}

function say(postId: number, body: string, parentId?: number) {
  return send(`/p/${postId}/comments`, {
    cookie: omar.cookie,
    form: { body, parentId: parentId === undefined ? undefined : String(parentId) },
  });
}

async function added(postId: number, body: string, parentId?: number): Promise<number> {
  const answer = await say(postId, body, parentId);
  expect(answer.status).toBe(302);
  return Number(/#comment-(\d+)$/.exec(answer.headers.get("location") ?? "")?.[1]);
}

test("Omar comments, and everyone reads it under the post", async () => {
  const postId = await createPost();
  const answer = await say(postId, "Well *said*. <script>alert(1)</script>");
  expect(answer.status).toBe(302);
  // who it is, the post, what they may, the limit, BEGIN, whether it still is, the gates, the comment, who is told, COMMIT
  expect(answer.statements).toHaveLength(10);
  const id = /#comment-(\d+)$/.exec(answer.headers.get("location") ?? "")?.[1];
  expect(answer.headers.get("location")).toBe(`/p/${postId}/on-benches#comment-${id}`);
  const page = await send(`/p/${postId}/on-benches`);
  expect(page.body).toContain(`data-comment-id="${id}"`);
  expect(page.body).toContain("Well <em>said</em>.");
  expect(scriptsThatRun(page.body)).toEqual([]);
  expect(page.body).toContain("1 comment<");
  expect((await db.post.findUniqueOrThrow({ where: { id: postId } })).commentCount).toBe(1);
});

test("a conversation reads in threads, each reply behind what it answers", async () => {
  const postId = await createPost();
  const one = await added(postId, "one");
  const two = await added(postId, "two");
  const oneA = await added(postId, "one a", one);
  const oneB = await added(postId, "one b", one);
  const oneAa = await added(postId, "one a a", oneA);
  const shown = (await listComments(postId))?.comments;
  expect(shown?.map(({ id, depth }) => [id, depth])).toEqual([
    [one, 0],
    [oneA, 1],
    [oneAa, 2],
    [oneB, 1],
    [two, 0],
  ]);
  expect(shown?.[1]?.parent).toEqual({ id: one, name: "Omar" });
});

test("a reply is written in a form under the comment, without scripts", async () => {
  const postId = await createPost();
  const id = await added(postId, "answer me");
  const page = await send(`/p/${postId}/on-benches?reply=${id}`, { cookie: omar.cookie });
  expect(page.body).toContain(`name="parentId" value="${id}"`);
  expect(page.body).toContain("Reply to Omar");
  const visitor = await send(`/p/${postId}/on-benches?reply=${id}`);
  expect(visitor.body).not.toContain("<textarea");
});

test("a comment that fails comes back as it was typed", async () => {
  const postId = await createPost();
  const id = await added(postId, "parent");
  const empty = await say(postId, " \n ");
  expect(empty.status).toBe(400);
  expect(empty.body).toContain("Write your comment first.");
  const long = await say(postId, `${"x".repeat(10_000)}<b>`, id);
  expect(long.status).toBe(400);
  expect(long.body).toContain("3 characters too long");
  expect(long.body).toContain("x&lt;b&gt;</textarea>");
  expect(long.body).toContain(`name="parentId" value="${id}"`);
});

test("nobody comments on what they cannot see, or on what is none", async () => {
  const hidden = [
    await createPost({ status: "draft" }),
    await createPost({ deletedAt: new Date() }),
    await createPost({ removedAt: new Date() }),
    0,
    -1,
    2_147_483_647,
  ];
  const before = await db.comment.count();
  for (const postId of hidden) {
    expect((await say(postId, "hello")).status).toBe(404);
    expect((await send(`/p/${postId}/comments.data`, { cookie: omar.cookie, form: { body: "hello" } })).status).toBe(
      404,
    );
  }
  // nor does its author on a draft, or on what a moderator removed
  for (const postId of hidden.slice(0, 3)) {
    expect((await send(`/p/${postId}/comments`, { cookie: mina.cookie, form: { body: "x" } })).status).toBe(404);
  }
  expect(await db.comment.count()).toBe(before);
});

test("nobody replies to another post's comment, or to one that is gone", async () => {
  const [postId, other] = [await createPost(), await createPost()];
  const elsewhere = await added(other, "elsewhere");
  const gone = await added(postId, "gone soon");
  await db.comment.update({ where: { id: gone }, data: { deletedAt: new Date() } });
  const before = await db.comment.count();
  for (const parentId of [elsewhere, gone, 2_147_483_647]) {
    const answer = await say(postId, "my words", parentId);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("deleted meanwhile");
    expect(answer.body).toContain("my words</textarea>");
  }
  for (const parentId of ["-1", "0", "x", "1.5", "99999999999"]) {
    const answer = await send(`/p/${postId}/comments`, { cookie: omar.cookie, form: { body: "my words", parentId } });
    expect(answer.status, parentId).toBe(400);
  }
  expect(await db.comment.count()).toBe(before);
});

test("fields that the form does not have have no effect", async () => {
  const postId = await createPost();
  await send(`/p/${postId}/comments`, {
    cookie: omar.cookie,
    form: {
      body: "mine",
      authorId: mina.id,
      postId: "1",
      bodyHtml: "<script>",
      id: "1",
      __intent__: "{",
      "body[0]": "x",
    },
  });
  const [row] = await db.comment.findMany({ where: { postId } });
  expect(row).toMatchObject({ authorId: omar.id, body: "mine", postId });
  expect(row?.bodyHtml).not.toContain("script");
});

test("a deleted comment shows nothing of itself; it stays as a gap only where it was answered", async () => {
  const postId = await createPost();
  const answered = await added(postId, "secret one");
  const reply = await added(postId, "still here", answered);
  const alone = await added(postId, "secret two");
  await db.comment.updateMany({ where: { id: { in: [answered, alone] } }, data: { deletedAt: new Date() } });
  const { body } = await send(`/p/${postId}/on-benches`);
  expect(body).not.toContain("secret");
  expect(body).toContain("This comment was deleted.");
  expect(body).toContain(`data-comment-id="${reply}"`);
  expect(body).not.toContain(`data-comment-id="${alone}"`);
  expect((await send(`/p/${postId}/on-benches.data`)).body).not.toContain("secret");
});

test("a full conversation takes no more", async () => {
  const postId = await createPost();
  await db.post.update({ where: { id: postId }, data: { commentCount: commentLimits.perPost } });
  const answer = await say(postId, "one more");
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("This conversation is full.");
  const page = await send(`/p/${postId}/on-benches`, { cookie: omar.cookie });
  expect(page.body).toContain("holds <!-- -->10,000<!-- --> comments and is full");
  expect(page.statements).toHaveLength(4);
});

test("a visitor cannot comment, and whoever comes by a link reads the conversation", async () => {
  const postId = await createPost();
  expect((await send(`/p/${postId}/comments`, { form: { body: "x" } })).status).toBe(401);
  expect((await send(`/p/${postId}/comments`)).status).toBe(401);
  const visit = await send(`/p/${postId}/comments`, { cookie: omar.cookie });
  expect(visit.headers.get("location")).toBe(`/p/${postId}#comments`);
});

test("wherever the connection breaks, a comment is there with its count, or not at all", async () => {
  const postId = await createPost();
  for (let at = 0; ; at++) {
    const fault = new BrokenConnection(at);
    const answer = await send(`/p/${postId}/comments`, {
      cookie: omar.cookie,
      form: { body: "hello" },
      beforeStatement: fault.beforeStatement,
    });
    await fault.settle();
    if (!fault.happened) break;
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(await db.comment.count({ where: { postId } })).toBe(0);
  }
  expect(await db.comment.count({ where: { postId } })).toBe(1);
  expect((await db.post.findUniqueOrThrow({ where: { id: postId } })).commentCount).toBe(1);
});
