import type { Nodes } from "mdast";
import type { Processor } from "unified";

/**
 * Stands in the tree before an "@" or a "|" that was typed with a backslash, until mentions and spoilers have been
 * looked for. A code point that is no character; what is typed loses it first.
 */
export const escaped = "\uFDD0";

/** Points of a text where a spoiler block begins and ends, while it is parsed. Like `escaped` no characters. */
export const blockBegins = "\uFDD1";
export const blockEnds = "\uFDD2";

export function withoutSigns(source: string): string {
  return source.replace(/[\uFDD0-\uFDD2]/g, "");
}

/** A plugin for remark: lets the tree remember which of the signs of mentions and spoilers were escaped. */
export function rememberEscapes(this: Processor): void {
  const data = this.data();
  data.fromMarkdownExtensions ??= [];
  data.fromMarkdownExtensions.push({
    exit: {
      characterEscapeValue(token) {
        const typed = this.sliceSerialize(token);
        const tail = this.stack.pop();
        if (!tail || !("value" in tail) || !tail.position) return;
        // Addresses and titles are gathered in a fragment, which is read as a string.
        const inWords = this.stack.at(-1)?.type !== "fragment";
        tail.value += inWords && /[@|]/.test(typed) ? escaped + typed : typed;
        tail.position.end = { line: token.end.line, column: token.end.column, offset: token.end.offset };
      },
    },
  });
}

export function forgetEscapes(node: Nodes): void {
  if (node.type === "text") node.value = node.value.replaceAll(escaped, "");
  if ("children" in node) for (const child of node.children) forgetEscapes(child);
}
