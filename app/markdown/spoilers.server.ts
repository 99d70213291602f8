import type { Nodes, PhrasingContent, Root } from "mdast";
import { escaped } from "#app/markdown/escapes.server.ts";

/** Words within a line that their reader uncovers. */
export interface Spoiler {
  type: "spoiler";
  children: PhrasingContent[];
}

declare module "mdast" {
  interface PhrasingContentMap {
    spoiler: Spoiler;
  }
  interface RootContentMap {
    spoiler: Spoiler;
  }
}

/** Makes spoilers of what stands between two ||, with whatever marks it holds. In a link they are none. */
export function gatherSpoilers(node: Nodes | Root): void {
  if (!("children" in node) || node.type === "link" || node.type === "linkReference") return;
  for (const child of node.children) gatherSpoilers(child);
  if (!node.children.some((child) => child.type === "text" && child.value.includes("||"))) return;
  // Only parents of words have words, and spoilers stand where words stand.
  node.children = paired(node.children as PhrasingContent[]) as typeof node.children;
}

type Part = PhrasingContent | "||";

function paired(nodes: PhrasingContent[]): PhrasingContent[] {
  const parts = nodes.flatMap(partsOf);
  const done: Part[] = [];
  let opening = -1;
  for (const [index, part] of parts.entries()) {
    const closes = opening >= 0 && part === "||" && !isSpace(parts[index - 1], "end");
    if (closes && done.length > opening + 1) {
      const hidden = done.splice(opening).slice(1).map(asText).flatMap(uncovered);
      done.push({ type: "spoiler", children: hidden });
      opening = -1;
      continue;
    }
    if (part === "||" && !isSpace(parts[index + 1], "start")) opening = done.length;
    done.push(part);
  }
  return done.map(asText);
}

/** A text, split at its marks. A longer row of bars is no mark. */
function partsOf(node: PhrasingContent): Part[] {
  if (node.type !== "text" || !node.value.includes("||")) return [node];
  const words = node.value.split(new RegExp(`(?<![|${escaped}])\\|\\|(?!\\|)`));
  return words.flatMap((value, index) => {
    const part: Part[] = value ? [{ type: "text", value }] : [];
    return index === 0 ? part : ["||" as const, ...part];
  });
}

/** Whether a mark has a space, a line's end or nothing on that side: then it does not hold on to a word. */
function isSpace(part: Part | undefined, side: "start" | "end"): boolean {
  if (part === undefined || part === "||") return true;
  if (part.type === "break") return true;
  if (part.type !== "text") return false;
  return /\s/.test((side === "start" ? part.value[0] : part.value.at(-1)) ?? " ");
}

function asText(part: Part): PhrasingContent {
  return part === "||" ? { type: "text", value: "||" } : part;
}

/** Nothing is hidden twice. */
function uncovered(node: PhrasingContent): PhrasingContent[] {
  if ("children" in node) node.children = (node.children as PhrasingContent[]).flatMap(uncovered);
  return node.type === "spoiler" ? node.children : [node];
}
