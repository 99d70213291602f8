import { expect, test } from "vitest";
import { renderMarkdown } from "#app/markdown/markdown.server.ts";
import type { NamedPeople } from "#app/mentions/mention.ts";

const people: NamedPeople = new Map([
  ["mina", { id: "1", username: "mina" }],
  ["omar", { id: "2", username: "Omar" }],
  ["kwame-h", { id: "3", username: "kwame-h" }],
  ["constructor", { id: "4", username: "constructor" }],
]);

const render = (source: string) => renderMarkdown(source, "post", null, people);
const link = (username: string) => `<a href="/u/${username}" class="mention">@${username}</a>`;

test("a name in the words becomes a link to the person, spelled as they spell it", async () => {
  const { html, excerpt, mentioned } = await render("Ask @mina, @OMAR or *@kwame-h*.");
  expect(html).toBe(`<p dir="auto">Ask ${link("mina")}, ${link("Omar")} or <em>${link("kwame-h")}</em>.</p>`);
  expect(excerpt).toBe("Ask @mina, @Omar or @kwame-h.");
  expect(mentioned).toEqual(["mina", "omar", "kwame-h"]);
});

test.each([
  ["@mina", "alone"],
  ["(@mina)", "in brackets"],
  ["@mina's", "with an ending"],
  ["@mina.", "at the end of a sentence"],
  ["@mina-", "before a dash"],
  ["_@mina_", "in emphasis"],
  ["@mina…", "before dots"],
  ["你好@mina你好", "where a script has no spaces"],
  ["ありがとう@minaさん", "where a script has no spaces, with an ending"],
  ["> @mina", "in a quotation"],
  ["# @mina", "in a heading"],
  ["||@mina||", "in hidden words"],
  ["a[^1]\n\n[^1]: @mina", "in a note"],
])("%s, a name %s, is one", async (source) => {
  expect((await render(source)).mentioned).toEqual(["mina"]);
});

test.each([
  ["`@mina`", "in code"],
  ["```\n@mina\n```", "in a block of code"],
  ["[@mina](https://example.org)", "in a link"],
  ["[ask @mina]\n\n[ask @mina]: https://example.org", "in a link by reference"],
  ["me@mina", "in the middle of a word"],
  ["mina@mina.example", "in an e-mail address"],
  ["@mina@elsewhere.example", "of another place"],
  ["@mina.example.org", "that is a host"],
  ["https://example.org/@mina", "in an address"],
  ["/@mina", "in a path"],
  ["@mina/core", "of a package"],
  ["@minaé", "that goes on"],
  ["@mina-x", "that is the beginning of another"],
  ["\\@mina", "with a backslash"],
  ["![@mina](/media/0123456789abcdef-1x1.webp)", "of a picture"],
  ["<b title='@mina'>", "in typed HTML"],
  ["@nobody", "that nobody has"],
])("%s, a name %s, is none", async (source) => {
  const { html, mentioned } = await render(source);
  expect(mentioned).toEqual([]);
  expect(html).not.toContain("/u/");
});

test("at most twenty different people are called by one text", async () => {
  const many: NamedPeople = new Map(
    Array.from({ length: 30 }, (_, index) => [`person${index}`, { id: String(index), username: `person${index}` }]),
  );
  const source = Array.from({ length: 30 }, (_, index) => `@person${index} @person${index}`).join(" ");
  const { html, mentioned } = await renderMarkdown(source, "comment", null, many);
  expect(mentioned).toHaveLength(20);
  expect(html.match(/class="mention"/g)).toHaveLength(40);
  expect(html).toContain("@person20 @person20");
});
