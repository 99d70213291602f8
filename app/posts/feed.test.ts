import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { feedPageSize } from "#app/posts/posts.server.ts";
import { databasePool, db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;

test("an empty feed says what will be here", async () => {
  const page = await send("/");
  expect(page.status).toBe(200);
  expect(page.body).toContain("Nothing has been written yet");
});

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina Sørensen" });
  omar = await createPerson({ username: "omar" });
});

/** Posts by turns of mina and omar; three at each moment, so that the id has to decide. */
async function publishMany(count: number): Promise<void> {
  const start = Date.UTC(2026, 0, 1);
  await db.post.createMany({
    data: Array.from({ length: count }, (_, index) => ({
      authorId: index % 2 ? omar.id : mina.id,
      status: "published" as const,
      title: `Post number ${index}`,
      body: "text",
      bodyHtml: "<p>text</p>",
      excerpt: "text",
      tags: index % 3 ? ["gardening"] : ["gardening", "books"],
      publishedAt: new Date(start + Math.floor(index / 3) * 1000),
    })),
  });
}

test("a visitor gets a page of posts with their authors in one statement, and without scripts", async () => {
  await publishMany(130);
  const page = await send("/");
  expect(page.statements).toHaveLength(1);
  expect(page.body).not.toContain("<script");
  expect(idsOn(page.body)).toHaveLength(feedPageSize);
  expect(page.body).toContain("Mina Sørensen");
  expect(page.body).toMatch(/<a [^>]*rel="author"[^>]*href="\/u\/mina"|<a [^>]*href="\/u\/mina"[^>]*rel="author"/);
});

test("a member's feed takes two statements: who asks, and the page", async () => {
  const page = await send("/", { cookie: mina.cookie });
  expect(page.statements).toHaveLength(2);
  expect(page.body).toContain('data-viewer="mina"');
});

test.each(["/", "/u/mina", "/t/books"])(
  "walking %s from page to page meets each post once, newest first",
  async (path) => {
    const seen = await walk(path);
    const where = path === "/" ? {} : path === "/u/mina" ? { authorId: mina.id } : { tags: { has: "books" } };
    const expected = await db.post.findMany({
      where,
      orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
      select: { id: true },
    });
    expect(seen).toEqual(expected.map(({ id }) => id));
  },
);

test("drafts, deleted and removed posts are in no list", async () => {
  const common = { authorId: mina.id, body: "text", bodyHtml: "<p>text</p>", excerpt: "canary", tags: ["books"] };
  const published = { status: "published" as const, publishedAt: new Date() };
  await db.post.createMany({
    data: [
      { ...common, title: "Canary draft" },
      { ...common, ...published, title: "Canary deleted", deletedAt: new Date() },
      { ...common, ...published, title: "Canary removed", removedAt: new Date() },
    ],
  });
  for (const path of ["/", "/u/mina", "/t/books"]) {
    for (const cookie of [undefined, mina.cookie]) expect((await send(path, { cookie })).body).not.toMatch(/canary/i);
  }
});

test("a member sees which posts they reacted to, and nobody else's reactions", async () => {
  const newest = await db.post.findFirstOrThrow({ where: { authorId: omar.id }, orderBy: { publishedAt: "desc" } });
  await db.reaction.create({ data: { postId: newest.id, userId: mina.id } });
  expect((await send("/", { cookie: mina.cookie })).body).toContain("data-on");
  expect((await send("/", { cookie: omar.cookie })).body).not.toContain("data-on");
  expect((await send("/")).body).not.toContain("data-on");
});

test.each([
  "x",
  "-",
  "zzzzzzzzzzzzzzzz-1",
  "lzqo6o00-0x1",
  "lzqo6o00--1",
  "'; drop table posts",
  "lzqo6o00-99999999999",
  "%00",
])("a cursor that is none (%s) gives the first page", async (cursor) => {
  const page = await send(`/?after=${encodeURIComponent(cursor)}`);
  expect(page.status).toBe(200);
  expect(idsOn(page.body)).toHaveLength(feedPageSize);
});

test("a page far down costs what the first one costs: both walk the same index and sort nothing", async () => {
  const [first, later] = [
    await planOf("/"),
    await planOf(`/?after=${(Date.UTC(2026, 0, 1) + 20_000).toString(36)}-999`),
  ];
  for (const plan of [first, later]) {
    expect(plan).toMatch(/Index Scan using posts_feed/);
    expect(plan).not.toMatch(/Seq Scan on posts/);
  }
});

async function walk(start: string): Promise<number[]> {
  const seen: number[] = [];
  for (let next: string | undefined = start; next; ) {
    const { body } = await send(next);
    seen.push(...idsOn(body));
    next = /<a[^>]*rel="next"[^>]*href="([^"]+)"|<a[^>]*href="([^"]+)"[^>]*rel="next"/
      .exec(body)
      ?.slice(1)
      .find(Boolean);
    expect(seen.length).toBeLessThan(1000);
  }
  return seen;
}

function idsOn(html: string): number[] {
  return [...html.matchAll(/<article[^>]*data-post-id="(\d+)"/g)].map((match) => Number(match[1]));
}

/** The plan of the one statement that a page sends, with sequential scans priced out as they are at size. */
async function planOf(path: string): Promise<string> {
  const { statements } = await send(path);
  const client = await databasePool().connect();
  try {
    await client.query("begin");
    await client.query("set local enable_seqscan = off");
    const values = path.includes("after") ? [null, new Date(), 1] : [null];
    const { rows } = await client.query(`explain ${statements[0]}`, values);
    return rows.map((row: Record<string, string>) => Object.values(row)[0]).join("\n");
  } finally {
    await client.query("rollback");
    client.release();
  }
}
