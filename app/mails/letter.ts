/*
 * What a mail says, once: its HTML (letter.server.ts) and its plain text are both made of this, so that neither says
 * what the other does not.
 */

/** Words; what people chose themselves, in any script, is kept apart from them. */
export type Part = string | { chosen: string } | { words: string; url: string };

type Block =
  | Part[]
  /** to be typed somewhere */
  | { code: string }
  /** the one thing that the mail is there for */
  | { act: string; url: string }
  | { items: Item[] };

interface Item {
  /** without links: all of it leads to `url` */
  words: Part[];
  url: string;
  quote: string | null;
}

export interface Letter {
  subject: string;
  /** what a list of mails shows beside the subject */
  preview: string;
  blocks: Block[];
  /** in smaller print: why it was sent, and how to get no more of them */
  why?: Part[][];
  siteName: string;
  siteUrl: string;
}

export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

export function textOf({ blocks, why = [], siteName, siteUrl }: Letter): string {
  return [...[...blocks, ...why].flatMap(blockText), `-- \n${isolated(siteName)}, ${siteUrl}`, ""].join("\n\n");
}

function blockText(block: Block): string[] {
  if (Array.isArray(block)) return [wordsOf(block)];
  if ("code" in block) return [`    ${block.code}`];
  if ("act" in block) return [`${block.act}: ${block.url}`];
  return block.items.map(({ words, url, quote }) => {
    const said = quote ? `\n${quote.replace(/^/gm, "  > ")}` : "";
    return `* ${wordsOf(words)}${said}\n  ${url}`;
  });
}

function wordsOf(parts: Part[]): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      return "chosen" in part ? isolated(part.chosen) : `${part.words}: ${part.url}`;
    })
    .join("");
}

/** Words that run from right to left, set apart so that those around them keep their places. */
function isolated(words: string): string {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(words) ? `\u2068${words}\u2069` : words;
}
