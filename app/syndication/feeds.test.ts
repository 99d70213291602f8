import { parseAtomFeed, parseJsonFeed } from "feedsmith";
import { beforeAll, describe, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { publish } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send, siteUrl } from "#app/server/test-request.ts";
import { readStrictly } from "#app/syndication/test-xml.ts";

let mina: Person;
let omar: Person;

const oddTitle = 'Rain ]]> & <script>alert("1")</script> 🌧️ مطر \u0007\ufffe';
const oddBody = [
  `It *rained* ]]> & <b>hard</b> ${"\u0007"} 🌧️`,
  "```js\nconst rain = 1 < 2 && 'wet';\n```",
  "- [x] boots\n- [ ] coat",
  "[mine](/u/mina) and [theirs](https://example.org/a?b=1&c=2) and a note.[^1]",
  "![a cloud](/media/0123456789abcdef0123456789abcdef-8x8.webp)",
  "| a | b |\n|---|---|\n| 1 | 2 |",
  "[^1]: The note.",
].join("\n\n");

beforeAll(async () => {
  mina = await createPerson({ username: "Mina", name: "Mina <Sørensen> & ليلى" });
  omar = await createPerson({ username: "omar" });
  await createPerson({ username: "quiet" });
  const id = await publish(mina, {
    title: "Odd words",
    body: oddBody,
    tags: "weather, 東京",
    url: "https://example.org/x?a=1&b=2",
  });
  await db.post.update({ where: { id }, data: { title: oddTitle } });
  const warned = await publish(mina, { title: "With a warning", body: "canary text", tags: "weather" });
  await db.post.update({ where: { id: warned }, data: { warning: "a scene in a hospital" } });
  await publish(omar, { title: "By Omar", body: "Dry.", tags: "garden" });
  const common = { authorId: mina.id, body: "canary", bodyHtml: "<p>canary</p>", excerpt: "canary", tags: ["weather"] };
  const published = { status: "published" as const, publishedAt: new Date() };
  await db.post.createMany({
    data: [
      { ...common, title: "Canary draft" },
      { ...common, ...published, title: "Canary deleted", deletedAt: new Date() },
      { ...common, ...published, title: "Canary removed", removedAt: new Date() },
    ],
  });
});

const places = ["", "/u/Mina", "/t/weather"];

describe.each(places)("the feeds of %s/", (place) => {
  test("are well-formed Atom and valid JSON Feed, whatever people write, in one statement each", async () => {
    const [atom, json] = [await send(`${place}/feed.xml`), await send(`${place}/feed.json`)];
    expect(atom.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    expect(json.headers.get("content-type")).toBe("application/feed+json; charset=utf-8");
    expect([atom.statements.length, json.statements.length]).toEqual([1, 1]);
    const { count } = readStrictly(atom.body);
    const feed = parseAtomFeed(atom.body);
    const other = parseJsonFeed(json.body);
    expect(feed.id).toBe(`${siteUrl}${place}/feed.xml`);
    expect(feed.links?.map(({ rel }) => rel)).toEqual(["self", "alternate", "alternate"]);
    expect(other.feed_url).toBe(`${siteUrl}${place}/feed.json`);
    expect(JSON.parse(json.body).version).toBe("https://jsonfeed.org/version/1.1");
    expect(count("entry")).toBe(place ? 2 : 3);
    for (const { id, title, updated, authors, links } of feed.entries ?? []) {
      expect(id).toMatch(/^http:\/\/localhost:3000\/p\/\d+$/);
      expect([title, updated, authors?.[0]?.name, links?.[0]?.href].every(Boolean)).toBe(true);
    }
    const items = JSON.parse(json.body).items as Record<string, unknown>[]; // as the specification names them
    expect(items.map(({ id }) => id)).toEqual(feed.entries?.map(({ id }) => id));
    for (const item of items) {
      expect(typeof item.id).toBe("string");
      expect("content_html" in item || "content_text" in item).toBe(true);
      expect(Number.isNaN(Date.parse(String(item.date_published)))).toBe(false);
    }
  });

  test("have neither drafts nor what was deleted or removed, nor a text behind a warning", async () => {
    for (const format of ["xml", "json"]) {
      const { body } = await send(`${place}/feed.${format}`);
      expect(body).not.toMatch(/canary/i);
      expect(body).toContain("Content warning: a scene in a hospital");
    }
  });

  test("are sent once to who asks again, by ETag and by time", async () => {
    const first = await send(`${place}/feed.xml`);
    const [etag, modified] = [first.headers.get("etag") ?? "", first.headers.get("last-modified") ?? ""];
    const ask = async (headers: Record<string, string>) => (await send(`${place}/feed.xml`, { headers })).status;
    expect(await ask({ "If-None-Match": etag })).toBe(304);
    expect(await ask({ "If-None-Match": `"other", ${etag.replace("W/", "")}` })).toBe(304);
    expect(await ask({ "If-None-Match": '"other"', "If-Modified-Since": modified })).toBe(200);
    expect(await ask({ "If-Modified-Since": modified })).toBe(304);
    expect(await ask({ "If-Modified-Since": new Date(Date.parse(modified) - 1000).toUTCString() })).toBe(200);
    expect(await ask({ "If-Modified-Since": "yesterday" })).toBe(200);
  });
});

test("a text in a feed is whole, has whole addresses, and nothing that needs our style sheets", async () => {
  const items = JSON.parse((await send("/u/Mina/feed.json")).body).items as { title: string; content_html?: string }[]; // ours
  const html = items.find(({ title }) => title.startsWith("Rain"))?.content_html ?? "";
  expect(html).toContain(
    "<em>rained</em> ]]&gt; &amp; &lt;b".replace("&gt;", ">").replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;"),
  );
  expect(html).toContain('<p><a href="https://example.org/x?a=1&amp;b=2">example.org</a></p>');
  expect(html).toContain(`href="${siteUrl}/u/mina"`);
  expect(html).toContain('href="https://example.org/a?b=1&#x26;c=2"');
  expect(html).toContain(
    `src="${siteUrl}/media/0123456789abcdef0123456789abcdef-8x8.webp" alt="a cloud" width="8" height="8"`,
  );
  expect(html).toMatch(new RegExp(`href="${siteUrl}/p/\\d+/[^"]+#n`));
  expect(html).toContain("☑ boots");
  expect(html).toContain("☐ coat");
  expect(html).toMatch(/<pre dir="ltr"><code>const rain = 1 &#x3C; 2/);
  expect(html).toContain('<th scope="col">a</th>');
  expect(html).not.toMatch(/class=|<span|<div|<input|tabindex|loading=|\sid=/);
});

test("a feed reads the same for a member as for everyone", async () => {
  const [visitor, member] = [await send("/feed.xml"), await send("/feed.xml", { cookie: omar.cookie })];
  expect(member.body).toBe(visitor.body);
  expect(visitor.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
  expect(member.headers.get("cache-control")).toBe("private, no-store");
});

test("somebody who has written nothing has an empty feed, nobody has none, and other spellings lead to the right one", async () => {
  const empty = await send("/u/quiet/feed.xml");
  expect(readStrictly(empty.body).count("entry")).toBe(0);
  expect(JSON.parse((await send("/u/quiet/feed.json")).body).items).toEqual([]);
  for (const path of ["/u/nobody/feed.xml", "/t/nothing/feed.json", "/u/%00/feed.xml", "/u/x'--/feed.xml"]) {
    expect((await send(path)).status, path).toBe(404);
  }
  expect((await send("/u/mina/feed.json")).headers.get("location")).toBe("/u/Mina/feed.json");
  expect((await send("/t/Weather/feed.xml")).headers.get("location")).toBe("/t/weather/feed.xml");
});

test("an edit changes an entry's time and not its id, and an endless text is read on its page", async () => {
  const id = await publish(omar, { title: "To be edited", body: "One.", tags: "edits" });
  const before = parseAtomFeed((await send("/t/edits/feed.xml")).body).entries?.[0];
  await db.post.update({
    where: { id },
    data: { title: "Edited", editedAt: new Date(Date.now() + 60_000), bodyHtml: `<p>${"long ".repeat(50_000)}</p>` },
  });
  const after = parseAtomFeed((await send("/t/edits/feed.xml")).body).entries?.[0];
  expect(after?.id).toBe(before?.id);
  expect(after?.updated).not.toBe(before?.updated);
  expect(after?.published).toBe(before?.published);
  expect(after?.content).toBeUndefined();
  expect(after?.summary?.value ?? after?.summary).toBe("One.");
});

test("a spoiler is not spoilt in a feed", async () => {
  const { readableHtml } = await import("#app/syndication/readable-html.ts");
  const html =
    '<p>It was <span class="spoiler" tabindex="0">the <em>butler</em> <span>all along</span></span>, yes.</p>';
  const readable = readableHtml(html, { siteUrl, permalink: `${siteUrl}/p/1` });
  expect(readable).toBe(`<p>It was <a href="${siteUrl}/p/1">[Spoiler: open it on the page]</a>, yes.</p>`);
});
