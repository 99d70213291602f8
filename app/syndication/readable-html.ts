/** Elements that only carry our pages' looks or working; what is in them stays. */
const unwrapped = new Set(["span", "div", "section", "input"]);

/** What means something without our style sheets. */
const keptAttributes: Record<string, string[]> = {
  a: ["href", "title"],
  img: ["src", "alt", "title", "width", "height"],
  ol: ["start"],
  td: ["align"],
  th: ["align", "scope"],
};

/** A tag as our own serializer writes it: every value is between double quotes, and no text holds a `<`. */
const tags = /<(\/?)([a-z][a-z0-9]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*\/?>/gi;
const attributes = /([^\s"'<>/=]+)(?:="([^"]*)")?/g;

/**
 * A rendered text for readers elsewhere: every address is a whole one, nothing is left that only our style sheets or
 * our pages understand, and a spoiler is a link to where it can be opened.
 */
export function readableHtml(html: string, { siteUrl, permalink }: { siteUrl: string; permalink: string }): string {
  let hidden: { name: string; depth: number } | null = null;
  let kept = "";
  let end = 0;
  for (const match of html.matchAll(tags)) {
    const [whole, slash = "", rawName = "", rest = ""] = match;
    const name = rawName.toLowerCase();
    if (!hidden) kept += html.slice(end, match.index);
    end = match.index + whole.length;
    const values = new Map(
      [...rest.matchAll(attributes)].map(([, key = "", value = ""]) => [key.toLowerCase(), value]),
    );
    if (hidden) {
      if (name === hidden.name) hidden.depth += slash ? -1 : 1;
      if (hidden.depth === 0) hidden = null;
    } else if (!slash && /\bspoiler\b/.test(values.get("class") ?? "")) {
      kept += `<a href="${permalink}">[Spoiler: open it on the page]</a>`;
      hidden = { name, depth: 1 };
    } else if (!unwrapped.has(name)) {
      kept += slash ? `</${name}>` : `<${name}${attributesOf(name, values)}>`;
    } else if (values.get("type") === "checkbox") {
      kept += values.has("checked") ? "☑" : "☐";
    }
  }
  return hidden ? kept : kept + html.slice(end);

  function attributesOf(name: string, values: Map<string, string>): string {
    return [...(keptAttributes[name] ?? []), "dir"]
      .filter((key) => values.has(key))
      .map((key) => {
        const value = values.get(key) ?? "";
        return ` ${key}="${key === "href" || key === "src" ? wholeAddress(value) : value}"`;
      })
      .join("");
  }

  function wholeAddress(address: string): string {
    if (address.startsWith("#")) return permalink + address;
    return /^\/(?!\/)/.test(address) ? siteUrl + address : address;
  }
}
