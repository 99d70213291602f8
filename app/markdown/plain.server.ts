import { shorten } from "#app/markdown/excerpt.server.ts";

/** As much as a post holds. */
const maxSourceLength = 50_000;

/** How deep quotes and lists may stand in one another. */
const maxNesting = 24;

/**
 * Whether a text uses marks in a way that no reader could follow and that costs minutes to untangle:
 * quotes in quotes in quotes, thousands of brackets or stars in one paragraph, tables of a hundred columns.
 * The bounds lie far above what people write; the time limit stands behind them.
 */
export function isTangled(source: string): boolean {
  if (source.length > maxSourceLength) return true;
  let lines = 0;
  let [brackets, stars] = [0, 0];
  for (const line of source.split("\n")) {
    if (++lines > 6_000 || nestingOf(line) > maxNesting) return true;
    if (line.trim() === "") [brackets, stars] = [0, 0];
    brackets += count(line, /\[/g);
    stars += count(line, /\*+|_+|~+/g);
    if (brackets > 2_000 || stars > 2_000 || count(line, /\|/g) > 100) return true;
  }
  return false;
}

function nestingOf(line: string): number {
  const marks = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/.exec(line)?.[0] ?? "";
  return count(marks, />|[-+*]|\d+[.)]/g) + (/^[ \t]*/.exec(line)?.[0].length ?? 0) / 16;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** A text as it was typed, in paragraphs: for what cannot be rendered in time. */
export function renderPlain(source: string): { html: string; excerpt: string } {
  const paragraphs = source.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== "");
  const html = paragraphs.map((paragraph) => `<p dir="auto">${escapeHtml(paragraph.trim())}</p>`).join("\n");
  return { html, excerpt: shorten(source) };
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
