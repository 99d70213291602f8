import type { Element, ElementContent, Root } from "hast";
import { element, openTextOf, replaceElements, text, textOf } from "#app/markdown/tree.server.ts";
import { parseImageAddress } from "#app/uploads/upload.ts";

/** Where a text stands: its headings go below the page's, or below the comments' one. */
export type Place = "post" | "comment";

const maxAddressLength = 2_000;

/** Turns what Markdown makes into what our pages show. Whatever it lets through by mistake, the allow-list stops. */
export function shape(tree: Root, place: Place, idPrefix: string): void {
  shapeHeadings(tree, place, idPrefix);
  replaceElements(tree, (node) => {
    switch (node.tagName) {
      case "a":
        if (isMention(node)) return undefined;
        return isNoteLink(node) ? shapeNoteLink(node, idPrefix) : shapeLink(node);
      case "img":
        return shapeImage(node);
      case "table":
        return shapeTable(node);
      case "th":
        return textOf(node).trim() ? setProperties(node, { scope: "col" }) : { ...node, tagName: "td" };
      case "input":
        // A task's box is for looking; the other kind uncovers hidden words.
        if (!node.properties.disabled) return undefined;
        return setProperties(node, { ariaLabel: node.properties.checked ? "Done" : "To do" });
      case "pre":
        return setProperties(node, { dir: "ltr", tabIndex: 0 });
    }
  });
  // Each block finds its own direction; what is inside follows it.
  for (const block of tree.children) {
    if (block.type === "element" && directed.has(block.tagName)) block.properties.dir = "auto";
    if (block.type === "element" && /^(?:section|details)$/.test(block.tagName)) setDirections(block);
  }
}

const directed = new Set("p h2 h3 h4 h5 h6 ul ol blockquote div summary".split(" "));

function setDirections(section: Element): void {
  for (const child of section.children) {
    if (child.type === "element" && directed.has(child.tagName)) child.properties.dir = "auto";
  }
}

function setProperties(node: Element, properties: Element["properties"]): Element {
  Object.assign(node.properties, properties);
  return node;
}

/**
 * The levels that a text uses become the levels below the page's own heading, none left out: the outline of the
 * page stays whole however its writer counts.
 */
function shapeHeadings(tree: Root, place: Place, idPrefix: string): void {
  const headings: { node: Element; level: number }[] = [];
  replaceElements(tree, (node) => {
    const level = /^h([1-6])$/.exec(node.tagName)?.[1];
    if (!level) return undefined;
    if (!textOf(node).trim()) return [];
    headings.push({ node, level: Number(level) });
    return undefined;
  });
  const used = [...new Set(headings.map(({ level }) => level))].sort();
  const top = place === "post" ? 1 : 2;
  const uniqueId = idsOfOneText();
  let previous = top;
  for (const { node, level } of headings) {
    const isFootnoteLabel = node.properties.id === "footnote-label";
    const wanted = isFootnoteLabel ? top + 1 : top + 1 + used.indexOf(level);
    previous = Math.min(wanted, previous + 1, 6);
    node.tagName = `h${previous}`;
    if (isFootnoteLabel) node.properties.id = `${idPrefix}label`;
    else if (place === "post") node.properties.id = uniqueId(openTextOf(node));
  }
}

/** `h-` keeps a heading's id from meeting one of the page's own; headings that read alike are counted. */
function idsOfOneText(): (heading: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (heading) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60);
    const first = `h-${slug || "part"}`;
    let count = counts.get(first) ?? 1;
    let id = count === 1 ? first : `${first}-${count}`;
    while (taken.has(id)) id = `${first}-${++count}`;
    counts.set(first, count + 1);
    taken.add(id);
    return id;
  };
}

/** The address is ours, made of a username. */
function isMention({ properties }: Element): boolean {
  return Array.isArray(properties.className) && properties.className.includes("mention");
}

function isNoteLink({ properties }: Element): boolean {
  return "dataFootnoteRef" in properties || "dataFootnoteBackref" in properties;
}

function shapeNoteLink(node: Element, idPrefix: string): Element {
  return "dataFootnoteRef" in node.properties ? setProperties(node, { ariaDescribedBy: [`${idPrefix}label`] }) : node;
}

function shapeLink(node: Element): ElementContent | ElementContent[] {
  const { properties } = node;
  const address = safeAddress(String(properties.href ?? ""));
  // A picture from elsewhere in the link has become a link of its own.
  replaceElements(node, (inner) => (inner.tagName === "a" ? inner.children : undefined));
  if (!address) return node.children;
  properties.href = address;
  properties.rel = ["ugc", "nofollow", "noopener"];
  if (!textOf(node).trim()) {
    const picture = findImage(node);
    if (!picture) node.children = [text(address)];
    else if (!picture.properties.alt) properties.ariaLabel = address;
  }
  return node;
}

/** An address of the web or of mail, a path of this site or a part of this text; null for anything else. */
function safeAddress(address: string): string | null {
  if (address.length > maxAddressLength) return null;
  if (address.startsWith("#")) return `#h-${address.slice(1)}`;
  if (/^\/(?![/\\])/.test(address) && URL.canParse(address, "https://site.invalid")) return address;
  if (!URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return ["http:", "https:", "mailto:"].includes(protocol) ? href : null;
}

/** Pictures are ours; another site's is never fetched, and becomes a link to it. */
function shapeImage(node: Element): ElementContent {
  const address = String(node.properties.src ?? "");
  const alt = String(node.properties.alt ?? "");
  const own = parseImageAddress(address);
  if (own) {
    const { width, height } = own;
    return setProperties(node, { alt, width, height, loading: "lazy", decoding: "async" });
  }
  const elsewhere = safeAddress(address);
  if (!elsewhere || elsewhere.startsWith("#")) return text(alt);
  return element("a", { href: elsewhere, rel: ["ugc", "nofollow", "noopener"] }, [text(alt.trim() || elsewhere)]);
}

function findImage(node: Element): Element | undefined {
  for (const child of node.children) {
    if (child.type !== "element") continue;
    if (child.tagName === "img") return child;
    const inside = findImage(child);
    if (inside) return inside;
  }
  return undefined;
}

/** A wide table scrolls in a region of its own, which the keyboard reaches. */
function shapeTable(table: Element): Element {
  const head = table.children.find((child) => child.type === "element" && child.tagName === "thead");
  const names = head
    ? openTextOf(head)
        .split("\n")
        .map((name) => name.trim())
        .filter(Boolean)
        .join(", ")
    : "";
  const label = names ? `Table: ${names.slice(0, 80)}` : "Table";
  return element("div", { className: ["table-scroll"], role: "region", tabIndex: 0, ariaLabel: label }, [table]);
}
