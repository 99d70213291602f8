import { expect, test } from "vitest";
import { renderMarkdown } from "#app/markdown/markdown.server.ts";
import { renderPlain } from "#app/markdown/plain.server.ts";
import { withoutSpoilers } from "#app/markdown/spoiler.ts";

const html = async (source: string) => (await renderMarkdown(source)).html;
const excerpt = async (source: string) => (await renderMarkdown(source)).excerpt;
const hidden = (words: string) =>
  `<label class="spoiler"><input type="checkbox" aria-label="Show the hidden words"><span>${words}</span></label>`;

test("words between two bars are hidden behind a box to tick, with whatever marks they hold", async () => {
  expect(await html("It was ||the *butler*||.")).toBe(`<p dir="auto">It was ${hidden("the <em>butler</em>")}.</p>`);
  expect(await html("*||a||* and ||b|| ||c||")).toContain(`<em>${hidden("a")}</em> and ${hidden("b")} ${hidden("c")}`);
  expect(await html("## ||Who|| did it")).toContain('<h2 id="h-did-it" dir="auto">');
  expect(await html("||one\ntwo||")).toContain(hidden("one\ntwo"));
});

test("words are hidden once, also where a spoiler stands in another", async () => {
  expect(await html("||a *||b||* c||")).toBe(`<p dir="auto">${hidden("a <em>b</em> c")}</p>`);
});

test.each([
  ["bars with spaces around them", "if a || b then c || d"],
  ["one mark", "a ||b"],
  ["nothing between the marks", "a |||| b"],
  ["marks with a backslash", "\\||a||"],
  ["marks with backslashes", "\\|\\|a\\|\\|"],
  ["code", "`||a||`"],
  ["a block of code", "```\n||a||\n```"],
  ["words in a link", "[||a||](https://example.org)"],
  ["marks in two paragraphs", "||a\n\nb||"],
  ["marks across emphasis", "*a ||b* c||"],
])("%s hide nothing", async (_, source) => {
  expect(await html(source)).not.toContain("<label");
});

test("a block between its lines is closed until it is opened, and keeps its title", async () => {
  const page = await html("Before\n::: spoiler The ending\nEveryone *lives*.\n\n- one\n- two\n:::\nAfter");
  expect(page).toMatch(
    /^<p dir="auto">Before<\/p>\n<details class="spoiler"><summary dir="auto">The ending<\/summary>\n<p dir="auto">Everyone <em>lives<\/em>\.<\/p>\n<ul dir="auto">\n<li>one<\/li>\n<li>two<\/li>\n<\/ul>\n<\/details>\n<p dir="auto">After<\/p>$/,
  );
});

test("a block's title may be left out or stand in brackets, and its end may be missing", async () => {
  expect(await html(":::spoiler\na")).toContain('<summary dir="auto">Spoiler</summary>\n<p dir="auto">a</p>');
  expect(await html(":::spoiler[So it ends]\na\n:::\nb")).toContain(">So it ends</summary>");
  expect(await html("::: spoiler <b>x</b>\na")).toContain(">&#x3C;b>x&#x3C;/b></summary>");
});

test("the lines of a block in code are code, and its code is in the block", async () => {
  expect(await html("```\n::: spoiler x\na\n:::\n```")).toContain("::: spoiler x\na\n:::\n</code>");
  expect(await html("    ::: spoiler x")).toContain("<pre");
  const page = await html("::: spoiler x\n```\n:::\n```\nstill in it\n:::");
  expect(page).toMatch(/still in it<\/p>\n<\/details>$/);
});

test("signs that no spoiler is made of are shown as they were typed", async () => {
  expect(await html(":::")).toContain(":::");
  expect(await html("::: warning\na\n:::")).toContain("::: warning");
  expect(await html("<pre>\n::: spoiler x\na\n:::\n</pre>")).toContain("::: spoiler x");
  expect(await html("a\uFDD00\uFDD1 b \uFDD2")).toBe('<p dir="auto">a0 b </p>'.replace(" </p>", "</p>"));
});

test("notes and links work across the edge of a block", async () => {
  const page = await html(
    "See [it].\n\n::: spoiler x\nAnd [it] there[^1].\n:::\n\n[it]: https://example.org\n[^1]: A note",
  );
  expect(page.match(/href="https:\/\/example.org\/"/g)).toHaveLength(2);
  expect(page).toContain("A note");
});

test("what is hidden is in no excerpt, whatever else the text holds", async () => {
  expect(await excerpt("It was ||the butler||, said she.")).toBe("It was …, said she.");
  expect(await excerpt("Look:\n\n::: spoiler The ending\nThe butler.\n:::\n\nDone.")).toBe("Look: Done.");
  expect(await excerpt("# ||butler||")).toBe("…");
  expect(await excerpt("::: spoiler x\nThe butler.\n:::")).toBe("");
});

test("a text that is shown as typed hides all of itself where it hides anything", () => {
  const { html, excerpt } = renderPlain("It was ||the butler||.");
  expect(html).toContain('<details class="spoiler"><summary>Spoiler</summary>');
  expect(excerpt).toBe("It was ….");
  expect(renderPlain("a || b || c").html).toBe('<p dir="auto">a || b || c</p>');
});

test("a text as it was typed can be had without what it hides", async () => {
  const source =
    "Open ||butler|| open\n\n::: spoiler End\nbutler\n\nbutler\n:::\n\nopen ||butler||\n\n::: spoiler\nbutler";
  expect(withoutSpoilers(source)).not.toContain("butler");
  expect(withoutSpoilers(source).match(/open/gi)).toHaveLength(3);
});
