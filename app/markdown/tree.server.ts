import type { Element, ElementContent, Parents, Properties, Root } from "hast";
import { coveredWords } from "#app/markdown/spoiler.ts";

/** Visits every element, the innermost first; what the visitor returns takes the element's place. */
export function replaceElements(
  parent: Parents,
  visitor: (element: Element) => ElementContent | ElementContent[] | undefined,
): void {
  const children: ElementContent[] = [];
  for (const child of parent.children) {
    if (child.type === "element") replaceElements(child, visitor);
    // Markdown cannot make one.
    if (child.type === "doctype") continue;
    const instead = child.type === "element" ? visitor(child) : undefined;
    children.push(...(instead === undefined ? [child] : [instead].flat()));
  }
  parent.children = children;
}

/** The text in a node, as a reader would see it. */
export function textOf(node: Root["children"][number] | Root): string {
  if (node.type === "text") return node.value;
  if (node.type === "element" && node.tagName === "br") return "\n";
  return "children" in node ? node.children.map(textOf).join("") : "";
}

/** The same without what is hidden until a reader asks for it. */
export function openTextOf(node: Root["children"][number] | Root): string {
  if (node.type === "element" && node.tagName === "label") return coveredWords;
  return "children" in node ? node.children.map(openTextOf).join("") : textOf(node);
}

export function element(tagName: string, properties: Properties, children: ElementContent[]): Element {
  return { type: "element", tagName, properties, children };
}

export function text(value: string): ElementContent {
  return { type: "text", value };
}
