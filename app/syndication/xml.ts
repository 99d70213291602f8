/** XML that is written already, so that a template puts it in as it is. */
export class Xml {
  text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Xml | string | number | null | undefined | Part[];

/** Writes XML: what stands between `${` and `}` becomes text, whatever it holds; lists are joined, nothing is nothing. */
export function xml(strings: TemplateStringsArray, ...parts: Part[]): Xml {
  return new Xml(strings.map((string, index) => (index === 0 ? string : written(parts[index - 1]) + string)).join(""));
}

function written(part: Part): string {
  if (part === null || part === undefined) return "";
  if (Array.isArray(part)) return part.map(written).join("");
  return part instanceof Xml ? part.text : escapeXml(String(part));
}

/** A document of one element, as it is sent. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root.text}\n`;
}

const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text for between tags and between double quotes. What no XML may hold, not even escaped, is left out. */
export function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 has no way to write
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replace(/[&<>"]/g, (character) => names[character] ?? "")
  );
}
