import { beforeAll, describe, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { publish } from "#app/posts/test-posts.ts";
import { randomQueries } from "#app/search/test-queries.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;
let yusra: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina Sørensen" });
  omar = await createPerson({ username: "omar", name: "Omar Haddad" });
  yusra = await createPerson({ username: "yusra", name: "Yusra al-Amin" });
  await publish(mina, {
    title: "A year of rain",
    body: "It *rained* on the **gardens** of node.js.",
    tags: "weather, garden",
  });
  await publish(omar, {
    title: "The night bus",
    body: "Home by the last bus, at night. Une soirée d'été à Paris.",
    tags: "cities",
  });
  await publish(omar, { title: "Bread at home", body: "Flour, water and salt, and no sourdough.", tags: "baking" });
  await publish(mina, { title: "東京の夜", body: "夜の電車はとても静かです。", tags: "cities" });
});

/** The titles that a search finds, in order. */
async function titlesOf(q: string, person?: Person, more = ""): Promise<string[]> {
  const page = await send(`/search?q=${encodeURIComponent(q)}${more}`, {
    cookie: person?.cookie,
    from: freshAddress(),
  });
  expect(page.status, q).toBe(200);
  return [...page.body.matchAll(/<h2 dir="auto"><a [^>]*>(.*?)<\/a>/g)].map(([, title]) =>
    (title ?? "").replace(/<\/?mark>|<!-- -->/g, ""),
  );
}

let address = 0;
/** The tests ask more often than a person may. */
function freshAddress(): string {
  address++;
  return `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`;
}

async function pageOf(q: string, person?: Person, more = ""): Promise<string> {
  const url = `/search?q=${encodeURIComponent(q)}${more}`;
  return (await send(url, { cookie: person?.cookie, from: freshAddress() })).body;
}

describe("a visitor finds posts", () => {
  test.each([
    ["by a word of the title", "rain", ["A year of rain"]],
    ["in another form", "raining garden", ["A year of rain"]],
    ["without accents", "soiree d'ete", ["The night bus"]],
    ["with accents", "SOIRÉE", ["The night bus"]],
    ["by a tag's name", "baking", ["Bread at home"]],
    ["by words of both title and text", "year node.js", ["A year of rain"]],
    ["by a phrase", '"last bus"', ["The night bus"]],
    ["but not by its words in another order", '"bus last"', []],
    ["without a word", "home -sourdough", ["The night bus"]],
    ["by one author", "home author:omar", ["Bread at home", "The night bus"]],
    ["by nobody else", "author:yusra home", []],
    ["by a tag", "tag:cities", ["東京の夜", "The night bus"]],
    ["by a tag and no author", "tag:cities -author:mina", ["The night bus"]],
    ["by the beginning of a word", "flo*", ["Bread at home"]],
    ["in scripts without spaces", "電車", ["東京の夜"]],
    ["by nothing but a wrong order of characters", "車電", []],
    ["from this year on", "after:2020 bus", ["The night bus"]],
    ["from before this site", "before:2020 bus", []],
    ["by small words that English leaves out", '"at home"', ["Bread at home"]],
    ["by none of its words", "xylophone", []],
  ])("%s: %s", async (_, q, titles) => {
    expect((await titlesOf(q)).sort()).toEqual([...titles].sort());
  });
});

test("the title counts for more than the text, and the newer for more than the older", async () => {
  const texts = [
    { title: "Words about quince", body: "Nothing else." },
    { title: "Words about fruit", body: "A quince." },
  ];
  for (const post of texts) await publish(yusra, { ...post, tags: "fruit" });
  expect(await titlesOf("quince")).toEqual(["Words about quince", "Words about fruit"]);
  await publish(yusra, { title: "Words about medlar", body: "Old.", tags: "fruit" });
  await publish(yusra, { title: "Words about medlar", body: "New.", tags: "fruit" });
  const [old] = await db.post.findMany({ where: { body: "Old." } });
  await db.post.update({
    where: { id: old?.id },
    data: { publishedAt: new Date("2020-01-01"), title: "Medlar of old" },
  });
  expect(await titlesOf("medlar")).toEqual(["Words about medlar", "Medlar of old"]);
});

test("what was found is marked, and no typed HTML becomes any", async () => {
  await publish(yusra, {
    title: "Scripts <b>and</b> caramel",
    body: "The `<script>alert(1)</script>` caramel & the \ue000other\ue001 caramel.",
    tags: "sweets",
  });
  const page = await pageOf("caramel <script>");
  expect(page).toContain("<mark>Scripts</mark> &lt;b&gt;and&lt;/b&gt; <mark>caramel</mark>");
  expect(page.replaceAll("<!-- -->", "")).toContain("<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;");
  expect(page.replaceAll("<!-- -->", "")).toContain("&amp; the other <mark>caramel</mark>");
  expect(page).not.toContain("<script");
  expect(page).not.toMatch(/[\ue000-\ue002]/);
  expect(page).toContain('value="caramel &lt;script&gt;"');
});

test("nothing private is found: drafts, what was deleted or removed, e-mail addresses", async () => {
  const states = {
    draft: { status: "draft", publishedAt: null },
    deleted: { deletedAt: new Date() },
    removed: { removedAt: new Date() },
  } as const;
  for (const [state, data] of Object.entries(states)) {
    const id = await publish(mina, { title: `Canary ${state}`, body: "A canarybird sings.", tags: "canary" });
    expect(await titlesOf("canarybird"), state).toEqual([`Canary ${state}`]);
    await db.post.update({ where: { id }, data });
    for (const q of ["canarybird", "canary", "tag:canary", "canar*", "cannarybird", `title:canary`]) {
      for (const person of [undefined, mina, omar]) {
        expect(await titlesOf(`${q} author:mina`, person), `${q}, ${state}`).toEqual([]);
        expect(await pageOf(q, person)).not.toContain(`Canary ${state}`);
      }
    }
  }
  expect(await db.postSearch.count({ where: { title: { startsWith: "Canary" } } })).toBe(0);
  for (const q of [mina.email, "example.org"]) {
    expect(await pageOf(q, omar, "&in=people")).not.toContain('href="/u/mina"');
  }
});

test("an edit changes what is found at once, and a restored post is found again", async () => {
  const id = await publish(mina, { title: "About gooseberry", body: "Green.", tags: "fruit" });
  await db.post.update({ where: { id }, data: { title: "About currants" } });
  expect(await titlesOf("gooseberry")).toEqual([]);
  expect(await titlesOf("currants")).toEqual(["About currants"]);
  await db.post.update({ where: { id }, data: { removedAt: new Date() } });
  expect(await titlesOf("currants")).toEqual([]);
  await db.post.update({ where: { id }, data: { removedAt: null } });
  expect(await titlesOf("currants")).toEqual(["About currants"]);
});

test("what a spoiler hides is neither found nor shown, and a warning stands in for the text", async () => {
  const id = await publish(mina, { title: "The last chapter", body: "Placeholder", tags: "books" });
  await db.post.update({
    where: { id },
    data: {
      bodyHtml:
        '<p dir="auto">Who did it? <span class="spoiler">The <em>butlerman</em> and <code class="x"><span class="k">maidperson</span></code></span> afterwards, <label class="spoiler"><input type="checkbox"><span>gardenergnome</span></label>.</p>' +
        '<details class="note spoiler"><summary>Epiloguesummary<br></summary><div><p title="a > b">weddingcake</p><img alt=""></div></details><p>Readable.</p>',
    },
  });
  for (const q of ["butlerman", "maidperson", "gardenergnome", "weddingcake", "epiloguesummary"])
    expect(await titlesOf(q), q).toEqual([]);
  expect(await titlesOf("afterwards readable")).toEqual(["The last chapter"]);
  expect(await pageOf("afterwards")).not.toContain("butlerman");
  await db.post.update({ where: { id }, data: { warning: "Violence" } });
  const page = await pageOf("afterwards readable");
  expect(page).toContain("Content warning: Violence");
  expect(page).not.toContain("<mark>afterwards</mark>");
});

test("a member does not find whom they muted, nor what they wrote", async () => {
  await db.mute.create({ data: { muterId: yusra.id, mutedId: omar.id } });
  expect(await titlesOf("bus", mina)).toEqual(["The night bus"]);
  for (const q of ["bus", "author:omar", "nigth", "nihgt", "tag:cities bus"]) {
    expect(await pageOf(q, yusra), q).not.toContain("The night bus");
  }
  expect(await pageOf("omar", mina)).toContain('href="/u/omar"');
  for (const q of ["omar", "oma", "haddat"]) {
    expect(await pageOf(q, yusra), q).not.toContain('href="/u/omar"');
    expect(await pageOf(q, yusra, "&in=people"), q).not.toContain('href="/u/omar"');
  }
});

test("people are found by username and name, mistyped too", async () => {
  for (const q of ["mina", "@mina", "MINA", "sorensen", "Sørensen", "mi", "mina s", "mina sorensn", "min*"]) {
    for (const more of ["", "&in=people"]) expect(await pageOf(q, undefined, more), q).toContain('href="/u/mina"');
  }
  expect(await pageOf("qqqq", undefined, "&in=people")).toContain("Nobody matches");
});

test("a mistyped word leads to the right one", async () => {
  const page = await pageOf("nihgt bread");
  expect(page).toContain("These titles come close");
  expect(await pageOf("braed")).toContain('href="/search?q=bread"');
});

test("wrong filters are explained, and unknown authors named", async () => {
  expect(await pageOf("bus before:soon")).toContain("before: wants a date like 2026-01-31");
  expect(await titlesOf("bus before:soon")).toEqual(["The night bus"]);
  expect(await pageOf("author:nobody-here bus")).toContain("Nobody here has the username nobody-here");
});

test("any input gives results or a polite none, to visitors and members", async () => {
  const member = await createPerson({ username: "curious" });
  for (const [index, q] of randomQueries(300).entries()) {
    const more = ["", "&in=people", "&after=mxyz-5-3", "&after=5-mina&in=people"][index % 4];
    const answer = await send(`/search?q=${encodeURIComponent(q.toWellFormed())}${more}`, {
      cookie: index < 40 ? member.cookie : undefined,
      from: freshAddress(),
    });
    expect(answer.status, JSON.stringify(q)).toBe(200);
  }
  for (const odd of [
    "q=%ff%fe",
    "q=a&q=b",
    "q[]=x",
    "in=people",
    "after=x",
    `q=${"x".repeat(5_000)}`,
    "q=a&after[]=1",
  ]) {
    expect((await send(`/search?${odd}`, { from: freshAddress() })).status, odd).toBe(200);
  }
});
