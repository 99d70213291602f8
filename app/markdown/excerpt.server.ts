import type { Nodes, Root } from "mdast";
import { coveredWords } from "#app/markdown/spoiler.ts";

export const maxExcerptLength = 280;

/** The beginning of a text as plain words for lists, cut at a word: no code blocks, tables, pictures or headings. */
export function excerptOf(tree: Root): string {
  const words = tree.children.map((block) => wordsOf(block, false)).join(" ");
  return shorten(words) || shorten(tree.children.map((block) => wordsOf(block, true)).join(" "));
}

/** At most 280 characters; what was cut is told by an ellipsis. */
export function shorten(text: string): string {
  const words = text.replace(/\s+/g, " ").trim();
  if (words.length <= maxExcerptLength) return words;
  const cut = wholeCharacters(words, maxExcerptLength - 1);
  const space = cut.lastIndexOf(" ");
  // Some scripts have no spaces: there the end of a character will do.
  return `${(space > maxExcerptLength / 2 ? cut.slice(0, space) : cut).replace(/[\s.,;:–—。、-]+$/, "")}…`;
}

/** Much the same of a text that is not laid out, by its first lines alone: for drafts, which save themselves often. */
export function roughExcerptOf(source: string): string {
  const words = source
    .slice(0, 1_000)
    .replace(/^[ \t]*(?:```.*|#{1,6}\s|>|[-+*]\s|\d{1,9}[.)]\s)/gm, "")
    .replace(/!\[[^\]\n]*\]\([^)\n]*\)/g, "")
    .replace(/\[([^\]\n]*)\]\([^)\n]*\)/g, "$1")
    .replace(/[*_~`]+/g, "");
  return shorten(words);
}

const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

function wholeCharacters(text: string, length: number): string {
  let end = 0;
  for (const { index, segment } of characters.segment(text.slice(0, length + 20))) {
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  return text.slice(0, end || length);
}

function wordsOf(node: Nodes, withHeadings: boolean): string {
  switch (node.type) {
    case "text":
    case "inlineCode":
      return node.value;
    case "break":
      return " ";
    case "spoiler":
      return coveredWords;
    case "heading":
      return withHeadings ? inside(node.children, "", withHeadings) : "";
    case "paragraph":
    case "emphasis":
    case "strong":
    case "delete":
    case "link":
    case "linkReference":
      return inside(node.children, "", withHeadings);
    case "blockquote":
    case "list":
    case "listItem":
      return inside(node.children, " ", withHeadings);
    default:
      return "";
  }
}

function inside(nodes: Nodes[], between: string, withHeadings: boolean): string {
  return nodes.map((node) => wordsOf(node, withHeadings)).join(between);
}
