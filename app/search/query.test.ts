import { describe, expect, test } from "vitest";
import { parsePlace } from "#app/search/place.ts";
import { isEmpty, parseQuery } from "#app/search/query.ts";
import { parsePersonPlace } from "#app/search/search-people.server.ts";
import { randomQueries } from "#app/search/test-queries.ts";

const day = (text: string) => new Date(`${text}T00:00:00Z`);

describe("a search is taken apart", () => {
  test.each([
    ["garden rain", { words: ["garden", "rain"] }],
    ['"night bus" home', { phrases: ["night bus"], words: ["home"] }],
    ["“night bus”", { phrases: ["night bus"] }],
    ['"never closed', { phrases: ["never closed"] }],
    ["bread -sourdough", { words: ["bread"], without: ["sourdough"] }],
    ['-"in the end"', { without: ["in the end"] }],
    ["gard*", { prefixes: ["gard"] }],
    ["a*", { words: ["a*"] }],
    ["author:Mina author:@omar", { authors: ["mina", "omar"] }],
    ["-author:mina", { withoutAuthors: ["mina"] }],
    ["tag:Books #Urban_Planning", { tags: ["books", "urban-planning"] }],
    ['tag:"urban planning"', { tags: ["urban-planning"] }],
    ["-tag:books -#music", { withoutTags: ["books", "music"] }],
    ["before:2026-01-31", { before: day("2026-01-31") }],
    ["after:2026-02 after:2026", { after: day("2026-02-01") }],
    ["-before:2026", { after: day("2026-01-01") }],
    ["note: http://example.org 3:1", { words: ["note:", "http://example.org", "3:1"] }],
    ["BEFORE:2026", { before: day("2026-01-01") }],
    ["rain rain", { words: ["rain"] }],
    ["@mina", { words: ["mina"] }],
    ["日本語", { words: ["日本語"] }],
    ['rain"night bus"', { words: ["rain"], phrases: ["night bus"] }],
  ])("%s", (typed, parts) => {
    const { text: _, ...query } = parseQuery(typed);
    const nothing = { words: [], phrases: [], prefixes: [], without: [], authors: [], withoutAuthors: [] };
    const none = { tags: [], withoutTags: [], before: null, after: null, problems: [] };
    expect(query).toEqual({ ...nothing, ...none, ...parts });
  });
});

test.each(["", " ", "-", "--", '""', '"', "***", "!?", "- - -", "\u0000", "#", "\u200b"])(
  "nothing is asked by %j",
  (typed) => {
    expect(isEmpty(parseQuery(typed))).toBe(true);
  },
);

test.each([
  ["before:yesterday", "before: wants a date like 2026-01-31, or a year."],
  ["after:2026-02-30", "after: wants a date like 2026-01-31, or a year."],
  ["after:0000", "after: wants a date like 2026-01-31, or a year."],
  ["author:", "author: wants a username right after it, like author:mina."],
  ["author: mina", "author: wants a username right after it, like author:mina."],
  ['author:"a b"', "author: wants a username right after it, like author:mina."],
  ["tag:", "tag: wants a tag right after it, like tag:gardening."],
  ["after:2026 before:2025", "after: is not earlier than before:, so no post can lie between them."],
])("%s is explained", (typed, problem) => {
  expect(parseQuery(typed).problems).toEqual([problem]);
});

test("what is too long is cut between characters, and that is said", () => {
  const query = parseQuery(`${"🏛️".repeat(300)}\ud800`);
  expect([...query.text].length).toBeLessThanOrEqual(200);
  expect(query.text.isWellFormed()).toBe(true);
  expect(query.problems).toEqual(["Only the first 200 characters were used."]);
  const many = parseQuery(Array.from({ length: 40 }, (_, index) => `w${index}`).join(" "));
  expect(many.words).toHaveLength(12);
  expect(many.problems).toEqual(["Only the first 12 words and filters were used."]);
});

test("any text is understood, at once", () => {
  for (const typed of randomQueries(1_000)) {
    const query = parseQuery(typed);
    expect(query.text.isWellFormed(), JSON.stringify(typed)).toBe(true);
    expect([...query.text].length).toBeLessThanOrEqual(200);
    const terms = [query.words, query.phrases, query.prefixes, query.without, query.authors, query.tags].flat();
    expect(terms.length).toBeLessThanOrEqual(12);
    for (const term of terms) expect(term).toMatch(/[\p{L}\p{N}]/u);
    expect(parseQuery(query.text).text).toBe(query.text);
  }
  expect(parseQuery('"'.repeat(100_000)).words).toEqual([]);
  expect(parseQuery("-".repeat(100_000)).words).toEqual([]);
  expect(parseQuery("a:".repeat(100_000)).words).toHaveLength(1);
});

test("a place that is none is the first page", () => {
  for (const text of [null, "", "x", "1-2", "-1-1", "1-1-zzzzzz", "1-1-1-1", "-1-1-1", "1.5-1-1"]) {
    expect(parsePlace(text), String(text)).toBeNull();
  }
  for (const text of [null, "", "5", "5-", "5-a b", "zzzzzzz-mina", "5-'"]) expect(parsePersonPlace(text)).toBeNull();
});
