import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { slugOf } from "#app/posts/post.ts";
import { publish } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send, siteUrl } from "#app/server/test-request.ts";
import { scriptsThatRun } from "#app/site/test-scripts.ts";

let mina: Person;
let id: number;
const title = 'Rain </script><script>alert("1")</script>';
const slug = slugOf(title);

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina </script><script>alert(1)</script>" });
  id = await publish(mina, { title, tags: "weather", body: "It rained." });
});

/** The data for machines in a page. */
function dataIn(html: string): Record<string, unknown>[] {
  const blocks = html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g);
  return [...blocks].map(([, json = ""]) => JSON.parse(json));
}

const canonicalOf = (html: string) => /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1];
const propertyOf = (html: string, name: string) =>
  new RegExp(`<meta property="${name}" content="([^"]*)"`).exec(html)?.[1];

test("a post says what it is to search engines and to sites that show its link, and runs nothing", async () => {
  const { body } = await send(`/p/${id}/${slug}`);
  expect(scriptsThatRun(body)).toEqual([]);
  const [posting, breadcrumbs] = dataIn(body);
  expect(posting).toMatchObject({
    "@context": "https://schema.org",
    "@type": "SocialMediaPosting",
    headline: title,
    url: `${siteUrl}/p/${id}/${slug}`,
    author: { "@type": "Person", name: mina.name, url: `${siteUrl}/u/mina` },
    interactionStatistic: [{ userInteractionCount: 0 }, { userInteractionCount: 0 }],
  });
  expect(breadcrumbs?.["@type"]).toBe("BreadcrumbList");
  expect(propertyOf(body, "og:type")).toBe("article");
  expect(propertyOf(body, "og:url")).toBe(canonicalOf(body));
  expect(propertyOf(body, "og:description")).toBe("It rained.");
  expect(propertyOf(body, "og:image")).toMatch(new RegExp(`^${siteUrl}/cards/${id}-[0-9a-f]{16}\\.png$`));
  expect(propertyOf(body, "og:image:alt")).toContain(", by Mina");
  expect(propertyOf(body, "article:tag")).toBe("weather");
  expect(body).toContain('<meta name="twitter:card" content="summary_large_image"');
});

test("a warning stands before a text in previews too", async () => {
  const warned = await publish(mina, { title: "Warned", body: "canary text" });
  await db.post.update({ where: { id: warned }, data: { warning: "a hospital" } });
  const head = (await send(`/p/${warned}/warned`)).body.split("</head>")[0] ?? "";
  expect(head).toContain("Content warning: a hospital");
  expect(head).not.toContain("canary");
});

test("a draft tells machines nothing but its title", async () => {
  const draft = await db.post.create({
    data: { authorId: mina.id, title: "Draft", body: "canary", bodyHtml: "<p>canary</p>", excerpt: "canary" },
  });
  const head = (await send(`/p/${draft.id}/draft`, { cookie: mina.cookie })).body.split("</head>")[0] ?? "";
  expect(head).not.toMatch(/og:|ld\+json|canonical|canary/);
});

test.each(["/", "/u/mina", "/t/weather"])("%s has one address, and feeds beside it", async (path) => {
  const { body, headers } = await send(`${path}?utm_source=x`);
  expect(canonicalOf(body)).toBe(siteUrl + path);
  expect(headers.get("x-robots-tag")).toBeNull();
  const base = path === "/" ? "" : path;
  for (const format of ["xml", "json"]) {
    expect(body).toContain(`href="${siteUrl}${base}/feed.${format}"`);
    expect((await send(`${base}/feed.${format}`)).status).toBe(200);
  }
  const later = await send(`${path}?after=${(Date.now() + 1e6).toString(36)}-9&x=1`);
  expect(canonicalOf(later.body)).toMatch(/\?after=[0-9a-z]+-9$/);
  expect(later.headers.get("x-robots-tag")).toBe("noindex");
});

test("a profile says whose it is; a banned person's is not for search engines", async () => {
  const { body } = await send("/u/mina");
  expect(dataIn(body)[0]).toMatchObject({
    "@type": "ProfilePage",
    mainEntity: { name: mina.name, alternateName: "mina" },
  });
  expect(propertyOf(body, "og:type")).toBe("profile");
  expect(body).not.toContain('name="robots"');
  const rufus = await createPerson({ username: "rufus" });
  await banDirectly(rufus.id);
  expect((await send("/u/rufus")).body).toContain('<meta name="robots" content="noindex"');
});

test.each(["/join", "/sign-in", "/nowhere", "/offline", "/drafts"])(
  "%s is not to be found by searching",
  async (path) => {
    expect((await send(path)).headers.get("x-robots-tag")).toBe("noindex");
  },
);

test("the site can be installed under its own name", async () => {
  const manifest = JSON.parse((await send("/manifest.webmanifest")).body);
  expect(manifest).toMatchObject({ name: "Stoa", start_url: "/", display: "standalone" });
  const { body } = await send("/");
  expect(body).toContain('<link rel="manifest" href="/manifest.webmanifest"');
  expect(body).toContain('<link rel="apple-touch-icon" href="/apple-touch-icon.png"');
});
