import type { Nodes, Root, RootContent } from "mdast";
import { blockBegins, blockEnds } from "#app/markdown/escapes.server.ts";
import { blockClosing, blockOpening, plainTitle } from "#app/markdown/spoiler.ts";

/** A part of a text that its reader opens. */
export interface SpoilerBlock {
  type: "spoilerBlock";
  title: string;
  children: RootContent[];
}

declare module "mdast" {
  interface RootContentMap {
    spoilerBlock: SpoilerBlock;
  }
}

const maxTitleLength = 100;

/**
 * Puts signs in the place of the lines around spoiler blocks, each as a paragraph of its own, so that what is before,
 * in and after a block is parsed as blocks of one text. Lines of code are left alone. Blocks do not stand in one
 * another; one without an end goes to the end of the text.
 */
export function markSpoilerBlocks(source: string): { marked: string; openings: string[] } {
  const openings: string[] = [];
  if (!/^ {0,3}:{3,}[ \t]*spoiler/im.test(source)) return { marked: source, openings };
  const lines: string[] = [];
  let fence = "";
  let inside = false;
  for (const line of source.split("\n")) {
    fence = fenceAfter(line, fence);
    if (!fence && !inside && blockOpening.test(line)) {
      lines.push("", `${blockBegins}${openings.push(line) - 1}${blockBegins}`, "");
      inside = true;
    } else if (!fence && inside && blockClosing.test(line)) {
      lines.push("", blockEnds, "");
      inside = false;
    } else lines.push(line);
  }
  return { marked: lines.join("\n"), openings };
}

/** The fence of the code block that the next line stands in, or nothing. */
function fenceAfter(line: string, fence: string): string {
  const [, typed = "", rest = ""] = /^[\s>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  if (!fence) return typed.startsWith("`") && rest.includes("`") ? "" : typed;
  return typed.startsWith(fence) && rest.trim() === "" ? "" : fence;
}

/** Gathers what stands between the signs in blocks; signs that got elsewhere become what was typed. */
export function gatherSpoilerBlocks(tree: Root, openings: string[]): void {
  if (openings.length === 0) return;
  const children: RootContent[] = [];
  let open: SpoilerBlock | null = null;
  for (const child of tree.children) {
    const sign = child.type === "paragraph" && child.children.length === 1 ? child.children[0] : undefined;
    const value = sign?.type === "text" ? sign.value : "";
    if (value.startsWith(blockBegins)) {
      open = { type: "spoilerBlock", title: titleOf(openings[Number(value.slice(1, -1))]), children: [] };
      children.push(open);
    } else if (value === blockEnds) open = null;
    else (open?.children ?? children).push(child);
  }
  tree.children = children;
  restoreTyped(tree, openings);
}

function titleOf(opening = ""): string {
  const [, words, bracketed] = blockOpening.exec(opening) ?? [];
  const title = (words ?? bracketed ?? "").trim();
  return title.length > maxTitleLength ? `${title.slice(0, maxTitleLength)}…` : title || plainTitle;
}

function restoreTyped(node: Nodes, openings: string[]): void {
  if ("value" in node) {
    node.value = node.value
      .replace(/\uFDD1(\d+)\uFDD1/g, (_, index: string) => openings[Number(index)] ?? "")
      .replaceAll(blockEnds, ":::");
  }
  if ("children" in node) for (const child of node.children) restoreTyped(child, openings);
}
