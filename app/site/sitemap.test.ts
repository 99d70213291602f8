import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { publish } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send, siteUrl } from "#app/server/test-request.ts";
import { readStrictly } from "#app/syndication/test-xml.ts";

let mina: Person;
let rufus: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  rufus = await createPerson({ username: "rufus" });
  await createPerson({ username: "quiet" });
});

/** Every address that the sitemap has, found as a search engine finds them. */
async function allAddresses(): Promise<string[]> {
  const parts = await addressesIn("/sitemap.xml", "sitemap");
  const pages = await Promise.all(parts.map((part) => addressesIn(part.replace(siteUrl, ""), "url")));
  return pages.flat();
}

async function addressesIn(path: string, element: string): Promise<string[]> {
  const answer = await send(path);
  expect(answer.status, path).toBe(200);
  expect(answer.statements).toHaveLength(1);
  expect(answer.headers.get("content-type")).toBe("application/xml; charset=utf-8");
  const found = [...answer.body.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? "");
  expect(readStrictly(answer.body).count(element)).toBe(found.length);
  return found;
}

test("a site without a post has a sitemap with its first page", async () => {
  expect(await allAddresses()).toEqual([`${siteUrl}/`]);
});

test("a search engine finds every public post, those who wrote one, and their tags; nothing else", async () => {
  const id = await publish(mina, { title: "Rain & شمس", tags: "weather, 東京" });
  await publish(rufus, { title: "Cheap watches", tags: "weather" });
  await banDirectly(rufus.id);
  const hidden = { authorId: mina.id, body: "", bodyHtml: "", excerpt: "", tags: ["canary"] };
  const published = { status: "published" as const, publishedAt: new Date() };
  await db.post.createMany({
    data: [
      { ...hidden, title: "Canary draft" },
      { ...hidden, ...published, title: "Canary deleted", deletedAt: new Date() },
      { ...hidden, ...published, title: "Canary removed", removedAt: new Date() },
    ],
  });
  const found = await allAddresses();
  expect(found.sort()).toEqual(
    [
      "/",
      `/p/${id}/rain-%D8%B4%D9%85%D8%B3`,
      `/p/${id + 1}/cheap-watches`,
      "/t/weather",
      "/t/%E6%9D%B1%E4%BA%AC",
      "/u/mina",
    ]
      .map((path) => siteUrl + path)
      .sort(),
  );
});

test("at any size each part has its own posts, and one without any is none", async () => {
  const far = { authorId: mina.id, body: "", bodyHtml: "", excerpt: "", status: "published" as const };
  const publishedAt = new Date("2026-01-02T03:04:05Z");
  await db.post.createMany({
    data: [999, 1_000, 4_567].map((id) => ({ ...far, id, title: `Number ${id}`, publishedAt })),
  });
  const parts = await addressesIn("/sitemap.xml", "sitemap");
  expect(parts.filter((part) => part.includes("/posts/"))).toEqual(
    [0, 1, 4].map((part) => `${siteUrl}/sitemap/posts/${part}.xml`),
  );
  expect((await send("/sitemap.xml")).body).toContain(
    `<loc>${siteUrl}/sitemap/posts/4.xml</loc><lastmod>2026-01-02T03:04:05.000Z</lastmod>`,
  );
  expect(await addressesIn("/sitemap/posts/1.xml", "url")).toEqual([`${siteUrl}/p/1000/number-1000`]);
  for (const none of [
    "posts/2.xml",
    "posts/-1.xml",
    "posts/01.xml",
    "posts/9999999.xml",
    "posts/0",
    "people/0.xml",
    "x/0.xml",
    "people/zzzzzzzzz-1.xml",
  ]) {
    expect((await send(`/sitemap/${none}`)).status, none).toBe(404);
  }
});

test("who has the sitemap is not sent it again", async () => {
  for (const path of [
    "/sitemap.xml",
    "/sitemap/posts/0.xml",
    "/sitemap/pages/0.xml",
    "/robots.txt",
    "/manifest.webmanifest",
  ]) {
    const etag = (await send(path)).headers.get("etag") ?? "";
    expect((await send(path, { headers: { "If-None-Match": etag } })).status, path).toBe(304);
  }
});

test("robots are told where the sitemap is and what is not for them", async () => {
  const { body } = await send("/robots.txt");
  expect(body).toContain(`Sitemap: ${siteUrl}/sitemap.xml`);
  for (const path of ["/admin", "/settings", "/sign-in", "/search", "/drafts", "/*.data$"]) {
    expect(body.split("\n")).toContain(`Disallow: ${path}`);
  }
});
