import { createHash } from "node:crypto";
import type { Html } from "mdast";
import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype, { type Options } from "remark-rehype";
import { unified } from "unified";
import { allowList } from "#app/markdown/allow-list.server.ts";
import { forgetEscapes, rememberEscapes, withoutSigns } from "#app/markdown/escapes.server.ts";
import { excerptOf } from "#app/markdown/excerpt.server.ts";
import { highlightCode } from "#app/markdown/highlight.server.ts";
import { linkMentions } from "#app/markdown/mention-links.server.ts";
import { type Place, shape } from "#app/markdown/shape.server.ts";
import { gatherSpoilerBlocks, markSpoilerBlocks, type SpoilerBlock } from "#app/markdown/spoiler-blocks.server.ts";
import { gatherSpoilers, type Spoiler } from "#app/markdown/spoilers.server.ts";
import { element, text } from "#app/markdown/tree.server.ts";
import { type NamedPeople, nobodyNamed } from "#app/mentions/mention.ts";

export interface Rendered {
  /** made of the allow-list's elements only */
  html: string;
  /** plain text of up to 280 characters */
  excerpt: string;
  /** the names in it that lead to people: keys of the people who were given */
  mentioned: string[];
}

/** More HTML than this out of 50,000 characters was made by repetition, not by writing. */
const maxHtmlLength = 1_000_000;

/** Renders in this thread, for as long as it takes. @throws where the text is nested too deeply for the stack */
export async function renderHere(source: string, place: Place, people: NamedPeople = nobodyNamed): Promise<Rendered> {
  const { marked, openings } = markSpoilerBlocks(withoutSigns(source));
  const tree = unified().use(remarkParse).use(remarkGfm).use(rememberEscapes).parse(marked);
  gatherSpoilerBlocks(tree, openings);
  gatherSpoilers(tree);
  const mentioned = linkMentions(tree, people);
  forgetEscapes(tree);
  // Notes of two texts on one page do not meet, and the same text makes the same HTML.
  const idPrefix = `n${createHash("sha256").update(source).digest("hex").slice(0, 8)}-`;
  const rough = await unified()
    .use(remarkRehype, { ...conversion, clobberPrefix: idPrefix })
    .run(tree);
  shape(rough, place, idPrefix);
  const clean = await unified().use(rehypeSanitize, allowList).run(rough);
  await highlightCode(clean);
  const html = unified().use(rehypeStringify).stringify(clean);
  if (html.length > maxHtmlLength) throw new RangeError("too much HTML");
  return { html, excerpt: excerptOf(tree), mentioned };
}

/**
 * Typed HTML is shown as it was typed; comments in it are dropped, and a typed line break breaks the line.
 * What is hidden is uncovered without scripts: words within a line by a box to tick, whole paragraphs by `details`.
 */
const conversion: Options = {
  handlers: {
    spoiler(state, node: Spoiler) {
      const box = element("input", { type: "checkbox", ariaLabel: "Show the hidden words" }, []);
      return element("label", { className: ["spoiler"] }, [box, element("span", {}, state.all(node))]);
    },
    spoilerBlock(state, node: SpoilerBlock) {
      const summary = element("summary", {}, [text(node.title)]);
      return element("details", { className: ["spoiler"] }, [summary, ...state.wrap(state.all(node), true)]);
    },
    html(_state, node: Html, parent) {
      if (/^<br\s*\/?>$/i.test(node.value)) return element("br", {}, []);
      const typed = node.value.replace(/<!--[\s\S]*?(?:-->|$)/g, "").trim();
      if (!typed) return undefined;
      const isBlock = parent && ["root", "blockquote", "listItem", "footnoteDefinition"].includes(parent.type);
      return isBlock ? element("p", {}, [text(typed)]) : text(node.value);
    },
  },
};
