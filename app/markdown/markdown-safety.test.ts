import { expect, test } from "vitest";
import { renderMarkdown } from "#app/markdown/markdown.server.ts";
import { renderPlain } from "#app/markdown/plain.server.ts";
import type { NamedPeople } from "#app/mentions/mention.ts";

const own = "/media/0123456789abcdef0123456789abcdef-800x600.webp";

const people: NamedPeople = new Map([["mina", { id: "1", username: "mina" }]]);

async function html(source: string): Promise<string> {
  return (await renderMarkdown(source, "post", null, people)).html;
}

/** Everything that could act: a tag or attribute outside the allow-list, or an address that is none of the web's. */
function dangersIn(page: string): string[] {
  const allowedTags =
    /^\/?(?:p|h[2-6]|ul|ol|li|blockquote|pre|code|em|strong|del|a|img|br|hr|sup|input|div|section|table|thead|tbody|tr|th|td|span|label|details|summary)$/;
  const allowedAttributes =
    /^(?:href|title|rel|id|data-footnote-ref|data-footnote-backref|data-footnotes|aria-describedby|aria-label|class|role|tabindex|src|alt|width|height|loading|decoding|type|disabled|checked|start|align|scope|dir)$/;
  const dangers: string[] = [];
  for (const [tag, name = "", attributes = ""] of page.matchAll(/<([^\s>]*)((?:"[^"]*"|[^">])*)>/g)) {
    if (!allowedTags.test(name)) dangers.push(tag);
    for (const [, attribute = "", value = ""] of attributes.matchAll(/([^\s="]+)(?:="([^"]*)")?/g)) {
      if (!allowedAttributes.test(attribute)) dangers.push(`${tag} ${attribute}`);
      if (attribute === "href" && !/^(?:https?:\/\/|mailto:|#|\/(?!\/))/.test(value)) dangers.push(`${tag} ${value}`);
      if (attribute === "src" && !value.startsWith("/media/")) dangers.push(`${tag} ${value}`);
    }
  }
  return dangers;
}

/** Elements in which an HTML parser would not leave them, or that would act within one another. */
function misplacedIn(page: string): string[] {
  const forbidden: Record<string, string[]> = {
    a: ["a", "label", "summary"],
    label: ["a", "label", "summary", "pre"],
    details: ["p", "a", "label", "details", "li", "td", "th", "blockquote", "summary"],
    p: ["p", "h2", "h3", "label"],
  };
  const misplaced: string[] = [];
  const open: string[] = [];
  for (const [, end, name = ""] of page.matchAll(/<(\/?)([a-z0-9]+)(?:"[^"]*"|[^">])*>/g)) {
    if (/^(?:br|hr|img|input)$/.test(name)) continue;
    if (!end) {
      const around = open.filter((outer) => forbidden[name]?.includes(outer) && !isLinkInSpoiler(name, outer));
      misplaced.push(...around.map((outer) => `${name} in ${outer}`));
      open.push(name);
    } else if (open.pop() !== name) misplaced.push(`/${name}`);
  }
  return [...misplaced, ...open];
}

/** Hidden words may hold a link: it is followed once they are shown. */
function isLinkInSpoiler(name: string, outer: string): boolean {
  return name === "a" && outer === "label";
}

const attacks = [
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java\tscript:alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74:alert(1))",
  "[x](\u0001javascript:alert(1))",
  "[x](<javascript:alert(1)>)",
  "[x]( javascript:alert(1) 'title')",
  "[x](vbscript:msgbox(1))",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x](file:///etc/passwd)",
  "[x](blob:https://example.org/1)",
  "[x](//evil.example)",
  "[x](/\\evil.example)",
  "[x](\\\\evil.example)",
  "[x](https:evil)",
  '[x](https://a.example "onmouseover=alert(1)")',
  '[x](https://a.example/"onmouseover="alert(1))',
  "[x]: javascript:alert(1)\n\n[x]",
  "[x]: <javascript:alert(1)> 'y'\n\n[x][x] ![x]",
  "<javascript:alert(1)>",
  "<data:text/html,x>",
  "javascript:alert(1)",
  "![x](javascript:alert(1))",
  "![x](data:image/svg+xml,<svg onload=alert(1)>)",
  "![x](https://evil.example/pixel.gif)",
  "![x](//evil.example/pixel.gif)",
  `![x](${own}?redirect=https://evil.example)`,
  "![x](/media/../avatars/x.svg)",
  '![" onerror="alert(1)](/media/0123456789abcdef.webp)',
  "[![x](https://evil.example/a.png)](https://evil.example)",
  "[![x](https://evil.example/a.png)](javascript:alert(1))",
  "[**![x](https://evil.example/a.png)**](https://ok.example)",
  "![![![x](https://a.example)](https://b.example)](https://c.example)",
  "<script>alert(1)</script>",
  "<scr<script>ipt>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<svg onload=alert(1)>",
  "<iframe src=https://evil.example></iframe>",
  "<style>*{display:none}</style>",
  '<a href="javascript:alert(1)">x</a>',
  "<form action=https://evil.example><input name=password></form>",
  "<math><mtext></p><style><img src=x onerror=alert(1)></style></math>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<![CDATA[<img src=x onerror=alert(1)>]]>",
  "<?xml version='1.0'?><svg onload=alert(1)>",
  "text <b onclick=alert(1)>inline</b>",
  "`<img src=x onerror=alert(1)>`",
  "```html\n<img src=x onerror=alert(1)>\n```",
  '```"><script>alert(1)</script>\nx\n```',
  "```js onload=alert(1)\nx\n```",
  "| <img src=x onerror=alert(1)> |\n|---|\n| x |",
  "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
  '[^"><script>]\n\n[^"><script>]: x',
  "[^__proto__] [^constructor]\n\n[^__proto__]: x\n[^constructor]: y",
  "# <img src=x onerror=alert(1)>\n# __proto__\n# constructor",
  "www.evil.example/<script>",
  'https://evil.example/"onmouseover=alert(1)',
  "mailto:x@example.org?subject=<script>",
  'x@example.org"onmouseover=alert(1)',
  "||<img src=x onerror=alert(1)>|| ||[x](javascript:alert(1))||",
  "||![x](https://evil.example/pixel.gif)||",
  "::: spoiler <script>alert(1)</script>\n<script>alert(1)</script>\n:::",
  '::: spoiler "><img src=x onerror=alert(1)>\nx\n:::',
  ":::spoiler[<svg onload=alert(1)>]\nx",
  '@mina"onmouseover=alert(1) @mina<script> [@mina](javascript:alert(1))',
  "@mina/../../sign-out @mina?a=b @mina#c",
];

test.each(attacks)("nothing in %j runs, and nothing is fetched from elsewhere", async (source) => {
  const page = await html(source);
  expect(dangersIn(page)).toEqual([]);
  expect(misplacedIn(page)).toEqual([]);
  expect(dangersIn(renderPlain(source).html)).toEqual([]);
});

const fill = (unit: string, length = 50_000) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

test.each([
  ["quotes in quotes", fill(">")],
  ["lists in lists", fill("- ")],
  ["numbered lists in lists", fill("1. ")],
  ["quotes and lists by turns", fill("> - ")],
  ["stars", fill("*_")],
  ["stars around words", "**a ".repeat(6_000) + "b**".repeat(6_000)],
  ["brackets", "[".repeat(25_000) + "]".repeat(25_000)],
  ["links in links", `${"[".repeat(16_000)}a${"](b)".repeat(8_000)}`],
  ["a long address, linked often", `[a]: https://x.example/${"q".repeat(12_000)}\n\n${fill("[a] ", 30_000)}`],
  ["a table of ten thousand columns", `|${fill("a|", 20_000)}\n|${fill("-|", 20_000)}\n${fill("|\n", 9_000)}`],
  ["underlined headings", fill("a\n-\n")],
  ["a quotation that goes on lazily", `${"> ".repeat(500)}a\n${fill("a\n", 48_000)}`],
  ["strikes", fill("~~a")],
  ["notes that are referred to ten thousand times", `[^a]: b\n\n${fill("[^a] ", 49_000)}`],
  ["notes in notes", Array.from({ length: 1_500 }, (_, i) => `[^${i}] x\n\n[^${i}]: [^${i + 1}]\n`).join("\n")],
  ["backticks of every length", Array.from({ length: 300 }, (_, i) => `${"`".repeat(i + 1)} `).join("")],
  ["entities", fill("&amp;")],
  ["empty lines", fill("\n")],
  ["nothing but zeros", fill("\0")],
])("50,000 characters of %s are shown, one way or the other", async (_, source) => {
  const { html, excerpt } = await renderMarkdown(source);
  expect(html.length).toBeLessThanOrEqual(1_000_000);
  expect(excerpt.length).toBeLessThanOrEqual(280);
  expect(dangersIn(html)).toEqual([]);
});

test("any mixture of marks is shown without anything that acts", async () => {
  const parts =
    "a|word |\n|\n\n|  |\t|*|**|_|~~|`|```|```js\n|> |- |1. |# |## |[|]|(|)|![|](|)|[^1]|[^1]: |<|>|<b>|<script>|&lt;|&#106;|javascript:|https://x.example |www.x.example |a@b.example |\\|---\n|- [ ] |שלום |雨|👩‍👩‍👧‍👦|\0|\u202e|\r\n".split(
      "|",
    );
  parts.push(
    "||",
    "||",
    "||",
    "::: spoiler x\n",
    ":::\n",
    ":::",
    "@mina",
    "@mina ",
    "\\",
    "\n\n",
    "\uFDD0",
    "\uFDD10\uFDD1",
  );
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  for (let round = 0; round < 500; round++) {
    const source = Array.from({ length: 60 }, () => parts[Math.floor(random() * parts.length)]).join("");
    const page = await html(source);
    expect(dangersIn(page), source).toEqual([]);
    expect(misplacedIn(page), source).toEqual([]);
    expect(page, source).not.toMatch(/[\uFDD0-\uFDD2]/);
  }
});
