import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  omar = await createPerson({ username: "omar" });
});

async function createPost(data: { status?: "draft"; removedAt?: Date; deletedAt?: Date } = {}): Promise<number> {
  const post = await db.post.create({
    data: {
      authorId: mina.id,
      title: "On benches",
      body: "x",
      bodyHtml: "<p>x</p>",
      excerpt: "x",
      tags: ["benches"],
      status: "published",
      publishedAt: data.status ? null : new Date(),
      ...data,
    },
  });
  return post.id;
}

function react(person: Person, postId: number | string, on: string) {
  return send(`/p/${postId}/reaction`, { cookie: person.cookie, form: { on }, headers: { Accept: "text/html" } });
}

async function countOf(postId: number) {
  const { reactionCount } = await db.post.findUniqueOrThrow({ where: { id: postId } });
  return [reactionCount, await db.reaction.count({ where: { postId } })];
}

test("Omar likes a post, twice is once, and takes it back", async () => {
  const postId = await createPost();
  for (const [on, count] of [
    ["true", 1],
    ["true", 1],
    ["false", 0],
    ["false", 0],
    ["true", 1],
  ] as const) {
    const answer = await react(omar, postId, on);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(`/p/${postId}/on-benches`);
    expect(await countOf(postId)).toEqual([count, count]);
  }
  const page = await send(`/p/${postId}/on-benches`, { cookie: omar.cookie });
  expect(page.body).toContain('aria-pressed="true"');
  expect(page.body).toContain('name="on" value="false"');
});

test("a script gets the new state instead of the page", async () => {
  const postId = await createPost();
  const answer = await send(`/p/${postId}/reaction`, {
    cookie: omar.cookie,
    form: { on: "true" },
    headers: { Accept: "*/*" },
  });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual({ on: true });
});

test("one person's 20 presses at once count once", async () => {
  const postId = await createPost();
  await Promise.all(Array.from({ length: 20 }, () => react(omar, postId, "true")));
  expect(await countOf(postId)).toEqual([1, 1]);
});

test("nobody likes their own post, or one that they cannot see", async () => {
  const own = await createPost();
  expect((await react(mina, own, "true")).status).toBe(404);
  const hidden = [
    await createPost({ status: "draft" }),
    await createPost({ deletedAt: new Date() }),
    await createPost({ removedAt: new Date() }),
  ];
  for (const postId of [...hidden, "0", "-1", "x", "2147483647", "99999999999"]) {
    expect((await react(omar, postId, "true")).status).toBe(404);
  }
  expect(await db.reaction.count({ where: { postId: { in: [own, ...hidden] } } })).toBe(0);
});

test("the wanted state is said, and nothing else is understood", async () => {
  const postId = await createPost();
  for (const on of ["", "1", "yes", "TRUE"]) expect((await react(omar, postId, on)).status).toBe(400);
  expect((await send(`/p/${postId}/reaction`, { cookie: omar.cookie, form: {} })).status).toBe(400);
  expect(
    (
      await send(`/p/${postId}/reaction`, {
        cookie: omar.cookie,
        form: { on: "true" },
        headers: { "Content-Type": "application/json" },
      })
    ).status,
  ).toBe(400);
  expect(await countOf(postId)).toEqual([0, 0]);
});

test("a visit changes nothing, a visitor is asked to sign in, another site is refused", async () => {
  const postId = await createPost();
  expect((await send(`/p/${postId}/reaction`, { cookie: omar.cookie })).status).toBe(405);
  expect((await send(`/p/${postId}/reaction`, { form: { on: "true" } })).status).toBe(401);
  const foreign = await send(`/p/${postId}/reaction`, {
    cookie: omar.cookie,
    form: { on: "true" },
    headers: { Origin: "https://evil.example" },
  });
  expect(foreign.status).toBe(403);
  expect(await countOf(postId)).toEqual([0, 0]);
});
