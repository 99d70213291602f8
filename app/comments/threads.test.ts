import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { commentLimits } from "#app/comments/comment.ts";
import type { CommentOrder } from "#app/comments/comment-order.ts";
import { added, createComments, createPost, say } from "#app/comments/test-comments.ts";
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

/** A thread of one comment below the other. */
async function createChain(postId: number, length: number): Promise<number[]> {
  const ids: number[] = [];
  for (let depth = 0; depth < length; depth++) {
    ids.push(...(await createComments([{ postId, authorId: omar.id, parentId: ids.at(-1), body: `depth ${depth}` }])));
  }
  return ids;
}

function idsOn(html: string): number[] {
  return [...html.matchAll(/<article[^>]*data-comment-id="(\d+)"/g)].map(([, id]) => Number(id));
}

test("a thread goes on behind its seventh level on a page of its own, however deep it is", async () => {
  const postId = await createPost(mina);
  const chain = await createChain(postId, 30);
  const page = await send(`/p/${postId}/on-benches`);
  expect([...page.body.matchAll(/data-depth="(\d)"/g)].map(([, depth]) => depth).join("")).toBe("0123456");
  expect(page.body).toContain(`?thread=${chain[6]}#comment-${chain[6]}`);
  expect(page.body.match(/Continue this thread/g)).toHaveLength(1);
  const deeper = await send(`/p/${postId}/on-benches?thread=${chain[20]}`);
  expect(deeper.statements).toHaveLength(2);
  // eight that lead to it, itself, six levels of answers
  expect(idsOn(deeper.body)).toEqual(chain.slice(12, 27));
  expect(deeper.body).toContain(`?thread=${chain[12]}#comment-${chain[12]}`);
  expect(deeper.body).toContain("What came before");
});

test("a comment's own address leads to it, marked, with what it answers and what answers it", async () => {
  const postId = await createPost(mina);
  const [one = 0, two = 0, three = 0] = await createChain(postId, 3);
  const [aside = 0] = await createComments([{ postId, authorId: mina.id, body: "aside" }]);
  const answer = await send(`/comments/${two}`);
  expect(answer.status).toBe(302);
  const location = answer.headers.get("location") ?? "";
  expect(location).toBe(`/p/${postId}/on-benches?thread=${two}#comment-${two}`);
  const page = await send(location.replace(/#.*/, ""));
  expect(scriptsThatRun(page.body)).toEqual([]);
  expect(idsOn(page.body)).toEqual([one, two, three]);
  expect(page.body).toMatch(new RegExp(`id="comment-${two}"[^>]*aria-current="true"`));
  expect(page.body.match(/<article[^>]*aria-current/g)).toHaveLength(1);
  expect(page.body).toContain("See the whole conversation");
  expect((await send(`/p/${postId}/on-benches`)).body).toContain(`href="/comments/${aside}"`);
});

test("a comment that nobody may see has no address and no thread", async () => {
  const postId = await createPost(mina);
  const [gone = 0] = await createComments([{ postId, authorId: omar.id, body: "secret" }]);
  const hidden = [
    gone,
    ...(await createChain(await createPost(mina, { deletedAt: new Date() }), 1)),
    ...(await createChain(await createPost(mina, { removedAt: new Date() }), 1)),
    ...(await createChain(await createPost(mina, { status: "draft" }), 1)),
    0,
    2_147_483_647,
  ];
  const other = await createPost(mina);
  await db.comment.update({ where: { id: gone }, data: { removedAt: new Date() } });
  for (const id of hidden) {
    for (const cookie of [undefined, ...(id === gone ? [] : [omar.cookie]), mina.cookie]) {
      expect((await send(`/comments/${id}`, { cookie })).status, String(id)).toBe(404);
    }
    if (id > 0) expect((await send(`/p/${other}/on-benches?thread=${id}`)).status, String(id)).toBe(404);
  }
  expect((await send(`/p/${postId}/on-benches?thread=${gone}`)).status).toBe(404);
  // Its author reads it still.
  expect((await send(`/comments/${gone}`, { cookie: omar.cookie })).status).toBe(302);
  for (const id of ["x", "-1", "1e3", "99999999999", "%00"]) expect((await send(`/comments/${id}`)).status).toBe(404);
});

test("the best liked, the newest or the oldest first, and never a reply away from what it answers", async () => {
  const postId = await createPost(mina);
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));
  const by = { postId, authorId: omar.id };
  const [a = 0, b = 0, c = 0] = await createComments([
    { ...by, createdAt: at(1), reactionCount: 1 },
    { ...by, createdAt: at(2), reactionCount: 5 },
    { ...by, createdAt: at(3), reactionCount: 1 },
  ]);
  const [a1 = 0, a2 = 0] = await createComments([
    { ...by, parentId: a, createdAt: at(4) },
    { ...by, parentId: a, createdAt: at(5), reactionCount: 9 },
  ]);
  const orders: Record<CommentOrder | "x", number[]> = {
    top: [b, a, a2, a1, c],
    new: [c, b, a, a2, a1],
    old: [a, a1, a2, b, c],
    x: [b, a, a2, a1, c],
  };
  for (const [order, ids] of Object.entries(orders)) {
    const page = await send(`/p/${postId}/on-benches?sort=${order}`);
    expect(idsOn(page.body), order).toEqual(ids);
    expect(page.statements).toHaveLength(2);
  }
});

test.each(["top", "new", "old"] as const)(
  "walking a long conversation by %s meets each comment once",
  async (order) => {
    const postId = await createPost(mina);
    const random = mulberry(7);
    const by = { postId, authorId: omar.id };
    const ids: number[] = [];
    for (let round = 0; round < 9; round++) {
      const parents = [...ids];
      const some = Array.from({ length: 100 }, () => ({
        ...by,
        parentId: random() < 0.75 ? parents[Math.floor(random() * parents.length)] : null,
        createdAt: new Date(Date.UTC(2026, 0, 1) + Math.floor(random() * 40) * 1000),
        reactionCount: Math.floor(random() * 4),
      }));
      ids.push(...(await createComments(some)));
    }
    const seen: number[] = [];
    for (let path: string | undefined = `/p/${postId}/on-benches?sort=${order}`; path; ) {
      const { body, statements }: { body: string; statements: string[] } = await send(path);
      expect(statements).toHaveLength(2);
      expect(idsOn(body).length).toBeLessThanOrEqual(commentLimits.perPage);
      seen.push(...idsOn(body));
      path = /<a[^>]*rel="next"[^>]*href="([^"#]+)/.exec(body)?.[1]?.replaceAll("&amp;", "&");
    }
    const [{ count } = { count: 0 }] = await db.$queryRaw<{ count: number }[]>`
    with recursive walk as (
      select id, 0 as depth from comments where post_id = ${postId}::int and parent_id is null
      union all select c.id, depth + 1 from walk w join comments c on c.parent_id = w.id where depth < 6
    ) select count(*)::int from walk`;
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(count);
    expect(count).toBeGreaterThan(3 * commentLimits.perPage);
  },
);

test("a thousand direct answers to one comment are walked through as well", async () => {
  const postId = await createPost(mina);
  const [parentId = 0] = await createComments([{ postId, authorId: mina.id }]);
  const replies = await createComments(Array.from({ length: 1_000 }, () => ({ postId, authorId: omar.id, parentId })));
  const seen: number[] = [];
  for (let after: number[] | null = null, more = true; more; ) {
    const page = await listComments(postId, { order: "old", after, thread: parentId });
    seen.push(...(page?.comments ?? []).map(({ id }) => id));
    after = page?.next?.split(".").map(Number) ?? null;
    more = after !== null;
  }
  expect(seen).toEqual([parentId, ...replies]);
});

test.each(["x", "1", "1.2.3", "1.x", "-", "1..2", "'; drop table comments", "%00", "9".repeat(16), "1.2.".repeat(9)])(
  "a place that is none (%s) gives the first comments",
  async (place) => {
    const postId = await createPost(mina);
    const [id] = await createChain(postId, 1);
    const page = await send(`/p/${postId}/on-benches?after=${encodeURIComponent(place)}`);
    expect(page.status).toBe(200);
    expect(idsOn(page.body)).toEqual([id]);
  },
);

test("what somebody whom one muted says is folded up, and their answers stay where they are", async () => {
  const postId = await createPost(mina);
  const [one = 0] = await createComments([{ postId, authorId: omar.id, body: "canary" }]);
  const [reply = 0] = await createComments([{ postId, authorId: mina.id, parentId: one, body: "an answer" }]);
  const bela = await createPerson({ username: "bela" });
  await db.mute.create({ data: { muterId: bela.id, mutedId: omar.id } });
  const page = await send(`/p/${postId}/on-benches`, { cookie: bela.cookie });
  expect(page.statements).toHaveLength(4);
  expect(idsOn(page.body)).toEqual([one, reply]);
  expect(page.body).toMatch(/<details class="comment-muted"><summary[^>]*>Muted[\s\S]*canary[\s\S]*<\/details>/);
  expect((await send(`/p/${postId}/on-benches`, { cookie: mina.cookie })).body).not.toContain("<details");
});

test("whoever answers far down or late in a long conversation comes back to their own words", async () => {
  const postId = await createPost(mina);
  const chain = await createChain(postId, 9);
  const kassia = await createPerson({ username: "kassia" });
  const deep = await say(kassia, postId, "far down", { parentId: chain.at(-1) });
  expect(deep.headers.get("location")).toMatch(/\?thread=(\d+)#comment-\1$/);
  const shallow = await say(kassia, postId, "at hand", { parentId: chain[0] });
  expect(shallow.headers.get("location")).toMatch(/on-benches#comment-\d+$/);
  await createComments(Array.from({ length: 200 }, () => ({ postId, authorId: mina.id })));
  const late = await added(say(kassia, postId, "late"));
  const page = await send(`/p/${postId}/on-benches?thread=${late}`);
  expect(page.body).toContain("late");
});

/** The same random numbers each time. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
