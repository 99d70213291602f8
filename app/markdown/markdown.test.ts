import { expect, test } from "vitest";
import { renderMarkdown } from "#app/markdown/markdown.server.ts";

const own = "/media/0123456789abcdef0123456789abcdef-800x600.webp";

async function html(source: string): Promise<string> {
  return (await renderMarkdown(source)).html;
}

async function excerpt(source: string): Promise<string> {
  return (await renderMarkdown(source)).excerpt;
}

test("a text becomes paragraphs, emphasis, lists, quotations, tables, tasks and strikethrough", async () => {
  const page = await html(
    "Hello *soft* **strong** ~~gone~~\n\n> quoted\n\n1. one\n\n- [ ] open\n- [x] done\n\n| a | b |\n|---|--:|\n| 1 | 2 |",
  );
  expect(page).toContain('<p dir="auto">Hello <em>soft</em> <strong>strong</strong> <del>gone</del></p>');
  expect(page).toContain("<blockquote");
  expect(page).toContain("<ol");
  expect(page).toContain('<input type="checkbox" checked disabled aria-label="Done">');
  expect(page).toContain('<div class="table-scroll" role="region" tabindex="0" aria-label="Table: a, b" dir="auto">');
  expect(page).toContain('<th align="right" scope="col">b</th>');
});

test("typed HTML is shown as it was typed, a comment in it is not, and <br> breaks the line", async () => {
  expect(await html("a <b>bold</b> word<br>next")).toBe('<p dir="auto">a &#x3C;b>bold&#x3C;/b> word<br>next</p>');
  expect(await html("<!-- for myself -->\n\nfor all")).not.toContain("myself");
});

test("links are the people's own, not the site's, and go to the web, to mail, into the site or the text", async () => {
  const page = await html(
    "[a](https://example.org/x?y=1&z=2) <mailto:a@example.org> [p](/p/12) [h](#part-two) www.example.org\n\n## Part two",
  );
  expect(page).toContain('<a href="https://example.org/x?y=1&#x26;z=2" rel="ugc nofollow noopener">a</a>');
  expect(page).toContain('<a href="mailto:a@example.org" rel="ugc nofollow noopener">');
  expect(page).toContain('<a href="/p/12" rel="ugc nofollow noopener">p</a>');
  expect(page).toContain('<a href="#h-part-two"');
  expect(page).toContain('id="h-part-two"');
  expect(page.match(/<a /g)?.length).toBe(page.match(/rel="ugc nofollow noopener"/g)?.length);
});

test("a link always has words", async () => {
  expect(await html("[](https://example.org)")).toContain(">https://example.org/</a>");
  expect(await html(`[![](${own})](https://example.org)`)).toContain('aria-label="https://example.org/"');
});

test("our pictures keep their place, those from elsewhere become links", async () => {
  expect(await html(`![A hill](${own} "Noon")`)).toContain(
    `<img src="${own}" alt="A hill" title="Noon" width="800" height="600" loading="lazy" decoding="async">`,
  );
  expect(await html("![A hill](https://example.org/hill.jpg)")).toContain(
    '<a href="https://example.org/hill.jpg" rel="ugc nofollow noopener">A hill</a>',
  );
});

test("a text's headings continue the page's outline without a gap, whatever levels were typed", async () => {
  const levels = async (source: string, place: "post" | "comment") =>
    [...(await renderMarkdown(source, place)).html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
  expect(await levels("# a\n## b\n### c\n# d", "post")).toEqual([2, 3, 4, 2]);
  expect(await levels("### a\n##### b\n### c", "post")).toEqual([2, 3, 2]);
  expect(await levels("### a\n# b\n# c", "post")).toEqual([2, 2, 2]);
  expect(await levels("# a\n## b\n### c\n#### d\n##### e\n###### f", "post")).toEqual([2, 3, 4, 5, 6, 6]);
  expect(await levels("# a\n## b", "comment")).toEqual([3, 4]);
  expect((await html("#\n\ntext")).trim()).toBe('<p dir="auto">text</p>');
});

test("headings of one text have different ids, and none that the page itself uses", async () => {
  const page = await html("# Comments\n# Comments\n# ...\n# Überschrift\n# 東京");
  expect([...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)).toEqual([
    "h-comments",
    "h-comments-2",
    "h-part",
    "h-überschrift",
    "h-東京",
  ]);
  expect((await renderMarkdown("# Comments", "comment")).html).not.toContain(" id=");
});

test("headings that read alike are counted, however many there are", async () => {
  const idsIn = (page: string) => [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(idsIn(await html("# a\n# a-2\n# a\n# a\n# a-2"))).toEqual(["h-a", "h-a-2", "h-a-3", "h-a-4", "h-a-2-2"]);
  expect(new Set(idsIn(await html("# a\n# a-2\n".repeat(290)))).size).toBe(580);
});

test("footnotes of two texts on one page do not meet", async () => {
  const [one, other] = [await html("a[^1]\n\n[^1]: one"), await html("b[^1]\n\n[^1]: other")];
  const ids = (page: string) => [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(ids(one)).toHaveLength(3);
  expect(new Set([...ids(one), ...ids(other)]).size).toBe(6);
  for (const [, target] of one.matchAll(/(?:href="#|aria-describedby=")([^"]*)"/g)) expect(ids(one)).toContain(target);
});

test("right-to-left text finds its direction, code keeps its own", async () => {
  const page = await html("שלום עולם\n\n- אחת\n\n```\nx\n```");
  expect(page).toContain('<p dir="auto">שלום');
  expect(page).toContain('<ul dir="auto">');
  expect(page).toContain('<pre dir="ltr" tabindex="0">');
});

test("code is coloured by classes, not by styles", async () => {
  const page = await html('```ts\nconst n = 42; // the answer\nreturn "x";\n```');
  expect(page).toContain('<span class="k">const</span>');
  expect(page).toContain('<span class="n">42</span>');
  expect(page).toContain('<span class="c">// the answer</span>');
  expect(page).toContain('<span class="s">"x"</span>');
  expect(page).not.toContain("style=");
});

test.each([
  ["js", "const x = 1"],
  ["tsx", "const x = <b>1</b>"],
  ["json", '{"a": 1}'],
  ["html", "<p class='a'>1</p>"],
  ["css", "a { color: red }"],
  ["sql", "select 1"],
  ["sh", "echo 'a'"],
  ["python", "def f(): return 1"],
  ["rust", "fn f() -> u8 { 1 }"],
  ["go", "func f() int { return 1 }"],
  ["diff", "+ a\n- b"],
  ["yaml", "a: 1"],
  ["toml", "a = 1"],
  ["markdown", "# a"],
  ["c", "int f(void) { return 1; }"],
  ["java", "class A { int f() { return 1; } }"],
])("%s is a language that we colour", async (language, code) => {
  expect(await html(`\`\`\`${language}\n${code}\n\`\`\``)).toContain("<span class=");
});

test("an unknown language and very long code stay plain", async () => {
  expect(await html("```klingon\nconst x = 1\n```")).toBe(
    '<pre dir="ltr" tabindex="0"><code class="language-klingon">const x = 1\n</code></pre>',
  );
  expect(await html(`\`\`\`ts\n${"const x = 1;\n".repeat(2_000)}\`\`\``)).not.toContain("<span");
});

test("an excerpt is words: no code, tables, pictures, headings or HTML", async () => {
  expect(
    await excerpt(
      `# Title\n\nFirst *words* with \`code\`.\n\n![a picture](${own})\n\n\`\`\`ts\nconst no = 1\n\`\`\`\n\n| no |\n|---|\n\n> Quoted[^1]\n\n- item\n\n<!-- no -->\n\n[^1]: no`,
    ),
  ).toBe("First words with code. Quoted item");
  expect(await excerpt("# Only a heading")).toBe("Only a heading");
  expect(await excerpt(`![a picture](${own})`)).toBe("");
});

test("a long excerpt ends at a word, where the script has words, and never within a character", async () => {
  const long = await excerpt("words and more ".repeat(40));
  expect(long.length).toBeLessThanOrEqual(280);
  expect(long).toMatch(/ (?:words|and|more)…$/);
  const emoji = await excerpt("👩‍👩‍👧‍👦".repeat(100));
  expect(emoji.length).toBeLessThanOrEqual(280);
  expect(emoji.replace(/…$/, "").split("👩‍👩‍👧‍👦").join("")).toBe("");
  expect((await excerpt("雨".repeat(400))).length).toBe(280);
});
