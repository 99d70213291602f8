import { shorten } from "#app/markdown/excerpt.server.ts";
import type { Rendered } from "#app/markdown/rendering.server.ts";
import { plainTitle, withoutSpoilers } from "#app/markdown/spoiler.ts";

/** As much as a post holds. */
const maxSourceLength = 50_000;

/** How deep quotes and lists may stand in one another. */
const maxNesting = 24;

/** What one paragraph may hold: what pairs up in it is looked for anew for each mark. */
const inParagraph = { brackets: 2_000, images: 200, stars: 2_000 };

/** What one text may hold. A long article has a tenth of each, and a file full of code fewer. */
const inText = {
  lines: 3_000,
  /** of lists and quotes, each on every line that it begins */
  marks: 2_000,
  headings: 600,
  /** of tables, as many in each row as its head has */
  cells: 6_000,
  tables: 150,
  brackets: 5_000,
  images: 1_000,
  stars: 10_000,
};

/**
 * Whether a text uses marks in a way that no reader could follow and that costs many seconds to untangle:
 * quotes in quotes in quotes, thousands of brackets or stars in one paragraph, tables of a hundred columns.
 * The bounds lie far above what people write; the time limit stands behind them.
 */
export function isTangled(source: string): boolean {
  if (source.length > maxSourceLength) return true;
  const text = { lines: 0, marks: 0, headings: 0, cells: 0, tables: 0, brackets: 0, images: 0, stars: 0 };
  let paragraph = { brackets: 0, images: 0, stars: 0 };
  let columns = 0;
  for (const line of source.split("\n")) {
    const nesting = nestingOf(line);
    const bars = count(line, /\|/g);
    if (nesting > maxNesting || bars > 100) return true;
    const brackets = count(line, /\[/g);
    const images = count(line, /!\[/g);
    const stars = count(line, /\*+|_+|~+/g);
    const isBelowHead = /^[\s>|:-]+$/.test(line) && /-/.test(line) && /[|:]/.test(line);
    if (line.trim() === "") {
      paragraph = { brackets: 0, images: 0, stars: 0 };
      columns = 0;
    }
    if (isBelowHead) columns = Math.max(columns, bars + 1);
    paragraph = {
      brackets: paragraph.brackets + brackets,
      images: paragraph.images + images,
      stars: paragraph.stars + stars,
    };
    text.lines++;
    text.marks += nesting;
    text.headings += count(line, /^[>\s]*(?:#{1,6}(?=\s|$)|(?:=+|-+)\s*$)/g);
    text.cells += Math.max(bars, columns);
    text.tables += isBelowHead ? 1 : 0;
    text.brackets += brackets;
    text.images += images;
    text.stars += stars;
    if (exceeds(paragraph, inParagraph) || exceeds(text, inText)) return true;
  }
  return false;
}

function exceeds<Counted extends Record<string, number>>(counted: Counted, limits: Counted): boolean {
  return Object.entries(counted).some(([name, number]) => number > (limits[name] ?? 0));
}

function nestingOf(line: string): number {
  const marks = /^(?:[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))+/.exec(line)?.[0] ?? "";
  return count(marks, />|[-+*]|\d+[.)]/g) + Math.floor((/^[ \t]*/.exec(line)?.[0].length ?? 0) / 16);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** A text as it was typed, in paragraphs: for what cannot be rendered in time. Where it hides something, all of it. */
export function renderPlain(source: string): Rendered {
  const paragraphs = source.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== "");
  const html = paragraphs.map((paragraph) => `<p dir="auto">${escapeHtml(paragraph.trim())}</p>`).join("\n");
  const open = withoutSpoilers(source);
  const covered = `<details class="spoiler"><summary>${plainTitle}</summary>\n${html}\n</details>`;
  return { html: open === source ? html : covered, excerpt: shorten(open), mentioned: [] };
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("\0", "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "<br>\n");
}
