import { expect, test } from "vitest";
import { isTangled } from "#app/markdown/plain.server.ts";
import { renderHere } from "#app/markdown/rendering.server.ts";
import { readDemoPosts } from "#prisma/demo/post-files.ts";

const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, i) => line(i));
const sentence = "An *ordinary* sentence with a [link](https://example.org/a_b), some `code` and an end. ";
const row = (cells: number, cell: string) => `|${` ${cell} |`.repeat(cells)}`;
const table = (rows: number, cells: number) =>
  [row(cells, "head"), row(cells, "---"), ...lines(rows, () => row(cells, "cell"))].join("\n");

test("everything in the demo is rendered, whatever its length", async () => {
  for (const { slug, body } of await readDemoPosts()) expect(isTangled(body), slug).toBe(false);
});

test.each([
  ["an article of 50,000 characters", lines(120, () => sentence.repeat(4)).join("\n\n"), "<em>ordinary</em>"],
  ["a text with 300 headings", lines(300, (i) => `## Part ${i}\n\n${sentence}`).join("\n\n"), 'id="h-part-299"'],
  ["underlined headings", lines(150, (i) => `Part ${i}\n------\n\n${sentence}`).join("\n\n"), 'id="h-part-149"'],
  ["a list of a thousand things", lines(1_000, (i) => `- thing ${i}`).join("\n"), "<li>thing 999</li>"],
  [
    "a list in a list in a list",
    lines(150, (i) => `- a ${i}\n  - b\n    1. c\n       - [ ] d`).join("\n"),
    "<li>a 149",
  ],
  ["a list of paragraphs", lines(300, (i) => `${i + 1}. ${sentence}`).join("\n\n"), "<li>\n<p>An"],
  ["a long quotation", lines(900, (i) => `> line ${i}`).join("\n"), "line 899"],
  [
    "an exchange of letters, quoted five deep",
    lines(150, (i) => `${"> ".repeat((i % 5) + 1)}words`).join("\n\n"),
    "<b",
  ],
  ["a table of 500 rows", table(500, 8), "<td>cell</td>"],
  ["a table of 40 columns", table(60, 40), "<td>cell</td>"],
  ["fifty small tables", lines(50, () => table(4, 3)).join("\n\nand\n\n"), "<td>cell</td>"],
  ["a poem of 2,500 lines", lines(2_500, (i) => (i % 5 ? "a short line\\" : "")).join("\n"), "<br>"],
  ["a log of 2,900 lines", `\`\`\`\n${lines(2_900, (i) => `${i} ok`).join("\n")}\n\`\`\``, "<pre"],
  [
    "a program of 50,000 characters",
    `\`\`\`c\n${lines(1_100, (i) => `  if (a_${i} || b[${i}] | c) *d_e_f += 1;${i % 20 ? "" : "\n"}`).join("\n")}\n\`\`\``,
    "<pre",
  ],
  [
    "a script with many comments",
    `\`\`\`sh\n${lines(500, (i) => `# step ${i}\nrun_it | sort`).join("\n\n")}\n\`\`\``,
    "<pre",
  ],
  ["a hundred notes", lines(100, (i) => `${sentence}[^${i}]\n\n[^${i}]: note ${i}`).join("\n\n"), "note 99"],
  ["six hundred links in one paragraph", lines(600, (i) => `[a ${i}](https://example.org/${i})`).join(" "), ">a 599<"],
  ["much emphasis in one paragraph", lines(400, (i) => `*a ${i}*`).join(" "), "<em>a 399</em>"],
])("%s is rendered", async (_, source, shown) => {
  expect(isTangled(source)).toBe(false);
  expect((await renderHere(source, "post")).html).toContain(shown);
});

test.each([
  ["lists in lists, on many lines", "- - - - - a\n".repeat(4_000)],
  ["a list of six thousand things", "- a\n".repeat(5_990)],
  ["lists that hold lists", "- - a\n".repeat(2_900)],
  ["empty list items", "- -\n".repeat(2_900)],
  ["quotes in quotes, on many lines", "> > > > > a\n".repeat(2_900)],
  ["a quotation that goes on lazily", `> a\n${"a\n".repeat(5_900)}`],
  ["underlined headings", "a\n=\n".repeat(2_990)],
  ["headings", "# a\n".repeat(2_990)],
  ["stars and underlines in one paragraph", "*a_".repeat(1_100)],
  ["stars and underlines in many paragraphs", `${"*a_".repeat(900)}\n\n`.repeat(17)],
  ["short tables", "|a|\n|-|\n\n".repeat(990)],
  ["short tables without outer bars", "a|b\n-|-\n\n".repeat(990)],
  ["tables in quotes", "> a|b\n> -|-\n\n".repeat(500)],
  ["a table of many cells", table(700, 10)],
  ["a wide table of empty rows", `${row(90, "a")}\n${row(90, "-")}\n${"|\n".repeat(2_900)}`],
  ["a wide table that goes on lazily", `${row(90, "a")}\n${row(90, "-")}\n${"a\n".repeat(2_900)}`],
  ["line breaks", "a\\\n".repeat(5_990)],
  ["pictures in pictures", `${"![".repeat(990)}a${"](b)".repeat(990)}\n\n`.repeat(5)],
  ["brackets in many paragraphs", `${"[".repeat(990)}\n\n`.repeat(20)],
])("%s, thousands of them, are shown as they were typed", (_, source) => {
  expect(isTangled(source)).toBe(true);
});
