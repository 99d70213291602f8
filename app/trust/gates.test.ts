import { describe, expect, test } from "vitest";
import { gateWords } from "#app/trust/gate-words.ts";
import { allowancesOf, defaultGates, type Gates, reportWeightOf, type TrustFacts } from "#app/trust/gates.ts";
import { partsOf } from "#app/trust/text-parts.ts";

const now = new Date("2026-11-20T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const settled: TrustFacts = {
  role: "member",
  createdAt: daysAgo(400),
  contributions: 50,
  actsAgainst: 0,
  silencedUntil: null,
  postsToday: 0,
  commentsToday: 0,
};
const strict: Gates = { ...defaultGates, newLinks: "no", newImages: "no", newPostsPerDay: 2, heldPosts: 2 };

describe("what the facts make of a person", () => {
  const table: [string, Partial<TrustFacts>, Partial<Gates>, object][] = [
    [
      "somebody who has long been here",
      {},
      {},
      { newness: null, links: true, images: true, held: false, reportWeight: 1 },
    ],
    ["an account of today", { createdAt: now }, {}, { links: false, images: false, reportWeight: 0.5 }],
    ["one that is a moment too young", { createdAt: new Date(daysAgo(3).getTime() + 1) }, {}, { links: false }],
    ["one that is just old enough", { createdAt: daysAgo(3) }, {}, { newness: null, links: true }],
    ["one of which too little stands", { contributions: 2 }, {}, { links: false, held: false }],
    ["one of which just enough stands", { contributions: 3 }, {}, { newness: null }],
    ["one whose first texts are held", { contributions: 1 }, {}, { held: true }],
    [
      "one against which moderators acted often",
      { actsAgainst: 3 },
      {},
      { links: false, held: false, reportWeight: 0.5 },
    ],
    ["one against which they acted less often", { actsAgainst: 2 }, {}, { newness: null }],
    [
      "a new moderator",
      { role: "moderator", createdAt: now, contributions: 0, actsAgainst: 9 },
      {},
      { newness: null, held: false },
    ],
    ["a new account with links allowed", { createdAt: now }, { newLinks: "yes" }, { links: true, images: false }],
    ["a new account's day", { createdAt: now, postsToday: 1 }, {}, { posts: { perDay: 2, left: 1 } }],
    ["a day that is more than used up", { createdAt: now, postsToday: 9 }, {}, { posts: { perDay: 2, left: 0 } }],
    [
      "a new account where everybody's limit is lower",
      { createdAt: now },
      { postsPerDay: 1 },
      { posts: { perDay: 1, left: 1 } },
    ],
    ["everybody's day", { commentsToday: 1 }, {}, { comments: { perDay: 1_000, left: 999 } }],
    ["somebody silenced", { silencedUntil: daysAgo(-1) }, {}, { silencedUntil: "2026-11-21T12:00:00.000Z" }],
    ["somebody whose silence is over", { silencedUntil: now }, {}, { silencedUntil: null }],
    [
      "a site without new accounts",
      { createdAt: now, contributions: 0 },
      { newDays: 0, newContributions: 0 },
      { newness: null },
    ],
  ];
  test.each(table)("%s", (_who, facts, gates, expected) => {
    expect(allowancesOf({ ...settled, ...facts }, { ...strict, ...gates }, now)).toMatchObject(expected);
  });

  test("by default a new account may carry links and pictures, and nothing of it is held", () => {
    const allowances = allowancesOf({ ...settled, createdAt: now, contributions: 0 }, defaultGates, now);
    expect(allowances).toMatchObject({ links: true, images: true, held: false });
  });

  test("a report weighs less from a new account", () => {
    expect(reportWeightOf(settled, defaultGates, now)).toBe(1);
    expect(reportWeightOf({ ...settled, createdAt: now }, defaultGates, now)).toBe(0.5);
  });
});

test("a form says until when, and what then stands in the way", () => {
  const words = (facts: Partial<TrustFacts>) =>
    gateWords(allowancesOf({ ...settled, ...facts }, strict, now), "post").join(" ");
  expect(words({})).toBe("");
  expect(words({ createdAt: daysAgo(1), contributions: 2 })).toContain(
    "Your account is new: until 22 November 2026, and until one more post or comment of yours stands your texts carry no links and no pictures.",
  );
  expect(words({ contributions: 1 })).toContain("waits for a moderator’s look");
  expect(words({ actsAgainst: 5 })).toContain("counts as new again");
  expect(words({ createdAt: now, postsToday: 1 })).toContain("up to 2 posts in 24 hours; 1 left.");
  expect(words({ createdAt: now, postsToday: 2 })).toContain("as many as your account may");
});

test.each([
  ['<p>words <a href="https://a.example/x" rel="ugc">a</a></p>', ["https://a.example/x"], []],
  ['<a rel="ugc" href="mailto:a@b.example">a</a>', ["mailto:a@b.example"], []],
  ['<a href="//a.example">a</a>', ["//a.example"], []],
  ['<a href="/u/mina">@mina</a> <a href="#note">1</a>', [], []],
  [
    '<a href="https://stoa.example/p/1">ours</a> <a href="https://stoa.example.evil.example">not</a>',
    ["https://stoa.example.evil.example"],
    [],
  ],
  ['<img alt="x" src="/media/a.webp" />', [], ["/media/a.webp"]],
  ['<code>&lt;a href="https://a.example"&gt;</code>', [], []],
])("finds what %s carries", (html, links, images) => {
  const parts = partsOf(html, "https://stoa.example");
  expect([...parts.links]).toEqual(links);
  expect([...parts.images]).toEqual(images);
});
