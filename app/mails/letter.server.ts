import { Body } from "@react-email/body";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Html } from "@react-email/html";
import { Link } from "@react-email/link";
import { Preview } from "@react-email/preview";
import { Text } from "@react-email/text";
import { type CSSProperties, createElement as h, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { type Letter, type MailContent, type Part, textOf } from "#app/mails/letter.ts";

/**
 * A mail of the site, as plain text and as HTML. React escapes what is in it; nothing is loaded from anywhere.
 * Without JSX, because commands on the server write mails too, and Node runs those files as they are.
 */
export function mailOf(letter: Letter): MailContent {
  return {
    subject: letter.subject,
    text: textOf(letter),
    html: `<!DOCTYPE html>${renderToStaticMarkup(page(letter))}`,
  };
}

function page({ subject, preview, blocks, why = [], siteName, siteUrl }: Letter): ReactNode {
  const small = [...why, [{ words: siteName, url: siteUrl }]];
  return h(
    Html,
    { lang: "en" },
    h(
      Head,
      null,
      h("meta", { name: "viewport", content: "width=device-width" }),
      h("meta", { name: "color-scheme", content: "light dark" }),
      h("meta", { name: "supported-color-schemes", content: "light dark" }),
      h("title", null, subject),
      h("style", null, inTheDark),
    ),
    h(
      Body,
      { className: "paper", style: paper },
      h(Preview, null, preview),
      h(
        Container,
        { style: { maxWidth: "600px" } },
        ...blocks.map(blockOf),
        h("hr", { style: rule }),
        ...small.map((parts) => h(Text, { className: "soft", style: smallPrint }, ...parts.map(partOf))),
      ),
    ),
  );
}

function blockOf(block: Letter["blocks"][number]): ReactNode {
  if (Array.isArray(block)) return h(Text, { style: reading }, ...block.map(partOf));
  if ("code" in block) return h(Text, { style: code }, block.code);
  if ("act" in block) {
    return h(Text, { style: reading }, h(Link, { href: block.url, className: "act", style: act }, block.act));
  }
  return h(
    "ul",
    { style: list },
    ...block.items.map(({ words, url, quote }) =>
      h(
        "li",
        { style: { margin: "0 0 16px" } },
        h(Link, { href: url, className: "link", style: link }, ...words.map(partOf)),
        quote && h("blockquote", { dir: "auto", className: "soft", style: quoted }, quote),
      ),
    ),
  );
}

function partOf(part: Part): ReactNode {
  if (typeof part === "string") return part;
  if ("chosen" in part) return h("bdi", { dir: "auto" }, part.chosen);
  return h(Link, { href: part.url, className: "link", style: link, dir: "auto" }, part.words);
}

/* The site's paper and ink. Mail programs know neither variables nor oklch, so the colours are written out. */
const sans = "Inter, system-ui, -apple-system, 'Segoe UI', Arial, sans-serif";
const paper: CSSProperties = { backgroundColor: "#fcfaf5", color: "#282019", fontFamily: sans, padding: "24px 16px" };
const reading: CSSProperties = { fontSize: "17px", lineHeight: "26px", overflowWrap: "anywhere" };
const code: CSSProperties = {
  margin: "24px 0",
  fontFamily: "ui-monospace, Menlo, Consolas, monospace",
  fontSize: "32px",
  fontWeight: 600,
  letterSpacing: "6px",
  lineHeight: "40px",
};
const link: CSSProperties = { color: "#006583", textDecorationLine: "underline", fontSize: "inherit" };
const act: CSSProperties = {
  display: "inline-block",
  padding: "10px 20px",
  borderRadius: "6px",
  backgroundColor: "#282019",
  color: "#fdfcf8",
  fontWeight: 600,
};
const list: CSSProperties = { ...reading, margin: "16px 0", padding: 0, listStyle: "none" };
const quoted: CSSProperties = {
  margin: "4px 0 0",
  paddingInlineStart: "12px",
  borderInlineStart: "3px solid #ded8cf",
  color: "#5d534a",
  whiteSpace: "pre-line",
};
const rule: CSSProperties = { margin: "32px 0 16px", border: "none", borderTop: "1px solid #ded8cf" };
const smallPrint: CSSProperties = { margin: "8px 0", color: "#5d534a", fontSize: "14px", lineHeight: "20px" };

/** The colours of the style attributes win otherwise. */
const inTheDark = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  body, .paper, .paper td { background-color: #1b1613 !important; color: #eae5dd !important; }
  .soft { color: #b1aaa0 !important; border-color: #39332e !important; }
  hr { border-color: #39332e !important; }
  .link { color: #76c5de !important; }
  .act { background-color: #eae5dd !important; color: #1b1613 !important; }
}`;
