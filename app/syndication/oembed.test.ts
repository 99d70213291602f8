import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { publish } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send, siteUrl } from "#app/server/test-request.ts";

let mina: Person;
let id: number;

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina Sørensen" });
  id = await publish(mina, { title: "A year of rain" });
});

const ask = (url: string, more = "") => send(`/oembed?url=${encodeURIComponent(url)}${more}`);

test("another site learns a post's title, author and picture, as the page says where to ask", async () => {
  const page = await send(`/p/${id}/a-year-of-rain`);
  const address =
    /<link rel="alternate" type="application\/json\+oembed"[^>]*href="([^"]+)"/.exec(page.body)?.[1] ?? "";
  const answer = await send(address.replace(siteUrl, ""));
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.statements).toHaveLength(1);
  expect(JSON.parse(answer.body)).toMatchObject({
    version: "1.0",
    type: "link",
    title: "A year of rain",
    author_name: "Mina Sørensen",
    author_url: `${siteUrl}/u/mina`,
    provider_url: siteUrl,
    thumbnail_width: 1200,
  });
  const etag = answer.headers.get("etag") ?? "";
  expect((await send(address.replace(siteUrl, ""), { headers: { "If-None-Match": etag } })).status).toBe(304);
  expect(JSON.parse((await ask(`${siteUrl}/p/${id}`, "&maxwidth=400")).body)).not.toHaveProperty("thumbnail_url");
});

test("nothing is told of what is not a public post of this site", async () => {
  const draft = await db.post.create({
    data: { authorId: mina.id, title: "Draft", body: "", bodyHtml: "", excerpt: "" },
  });
  for (const url of [
    `${siteUrl}/p/${draft.id}`,
    `${siteUrl}/p/999999`,
    `${siteUrl}/u/mina`,
    `https://example.org/p/${id}`,
    `http://localhost:3000.example.org/p/${id}`,
    `${siteUrl}/p/${id}/edit/more`,
    "javascript:alert(1)",
    "",
    "x".repeat(5_000),
  ]) {
    expect((await ask(url)).status, url.slice(0, 60)).toBe(404);
  }
  expect((await ask(`${siteUrl}/p/${id}`, "&format=xml")).status).toBe(501);
  expect((await send("/oembed")).status).toBe(404);
});
