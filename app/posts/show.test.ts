import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send, siteUrl } from "#app/server/test-request.ts";
import { scriptsThatRun } from "#app/site/test-scripts.ts";

let mina: Person;
let omar: Person;
let id: number;

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina <Sørensen>" });
  omar = await createPerson({ username: "omar" });
  const post = await db.post.create({
    data: {
      authorId: mina.id,
      status: "published",
      title: 'Rain & <script>alert("1")</script>',
      body: "It *rained*.",
      bodyHtml: '<p dir="auto">It <em>rained</em>.</p>',
      excerpt: "It rained.",
      tags: ["weather", "東京"],
      publishedAt: new Date("2026-03-01T12:00:00Z"),
    },
  });
  id = post.id;
});

const slug = "rain-script-alert-1-script";

test("a visitor reads a post in two statements and without a script", async () => {
  const page = await send(`/p/${id}/${slug}`);
  expect(page.status).toBe(200);
  // the post with its author, the comments with theirs
  expect(page.statements).toHaveLength(2);
  expect(scriptsThatRun(page.body)).toEqual([]);
  expect(page.body).toContain("It <em>rained</em>.");
  expect(page.body).toContain("Rain &amp; &lt;script&gt;");
  expect(page.body).toContain(`data-post-id="${id}"`);
  expect(page.body).toMatch(/<a [^>]*href="\/u\/mina"/);
  expect(page.body).toContain('rel="author"');
  expect(page.body).toContain('dateTime="2026-03-01T12:00:00.000Z"');
  expect(page.body).toContain(`<link rel="canonical" href="${siteUrl}/p/${id}/${slug}"`);
  expect(page.body).toContain('<meta name="description" content="It rained."');
  expect(page.body).toContain('href="/t/%E6%9D%B1%E4%BA%AC"');
  expect(page.body).toContain("Sign in to comment");
  expect(page.body).not.toContain("/edit");
});

test("a member reads a post in four statements", async () => {
  const page = await send(`/p/${id}/${slug}`, { cookie: omar.cookie });
  // and who it is, and what they may write
  expect(page.statements).toHaveLength(4);
  expect(page.body).toContain('aria-pressed="false"');
  expect(page.body).toContain("Add a comment");
  expect(page.body).not.toContain(`/p/${id}/edit"`);
});

test("its author finds the ways to edit and delete it, and no button to like it", async () => {
  const page = await send(`/p/${id}/${slug}`, { cookie: mina.cookie });
  expect(page.body).toContain(`href="/p/${id}/edit"`);
  expect(page.body).toContain(`href="/p/${id}/delete"`);
  expect(page.body).not.toContain('/reaction"');
});

test("a post has one address; others lead to it and keep what was asked", async () => {
  for (const path of [`/p/${id}`, `/p/${id}/wrong`, `/p/${id}/${slug.toUpperCase()}`]) {
    const answer = await send(`${path}?reply=3`);
    expect(answer.status).toBe(301);
    expect(answer.headers.get("location")).toBe(`/p/${id}/${slug}?reply=3`);
  }
});

test("a tag's page is two statements, the tag and its posts; a tag of no post is none", async () => {
  const page = await send("/t/weather");
  expect(page.status).toBe(200);
  expect(page.statements).toHaveLength(2);
  expect(page.body).toContain(`data-post-id="${id}"`);
  expect(scriptsThatRun(page.body)).toEqual([]);
  expect((await send("/t/%E6%9D%B1%E4%BA%AC")).status).toBe(200);
  expect((await send("/t/Weather")).headers.get("location")).toBe("/t/weather");
  for (const tag of ["nothing", "'; drop table posts; --", "%00", "x".repeat(5_000)]) {
    const answer = await send(`/t/${encodeURIComponent(tag)}`);
    expect([301, 404], tag).toContain(answer.status);
  }
  expect((await send("/t/nothing")).status).toBe(404);
});
