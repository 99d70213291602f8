import type { Element, ElementContent, Root } from "hast";
import { createHighlighterCore, type HighlighterCore, type ThemedToken } from "shiki/core";
import { createOnigurumaEngine } from "shiki/engine/oniguruma";
import { type BundledLanguage, bundledLanguages } from "shiki/langs";
import { replaceElements } from "#app/markdown/tree.server.ts";

/** A post with more code than this, or that takes longer, is not coloured beyond it. */
const maxColouredCharacters = 20_000;
const maxColouringMs = 1_500;

/** What people write after ``` and the grammar that it means. */
const grammars: Record<string, BundledLanguage> = {
  bash: "shellscript",
  c: "c",
  cpp: "cpp",
  "c++": "cpp",
  css: "css",
  diff: "diff",
  dockerfile: "docker",
  elixir: "elixir",
  go: "go",
  haskell: "haskell",
  hs: "haskell",
  html: "html",
  java: "java",
  javascript: "javascript",
  js: "javascript",
  json: "json",
  jsx: "jsx",
  kotlin: "kotlin",
  lua: "lua",
  makefile: "make",
  markdown: "markdown",
  md: "markdown",
  nix: "nix",
  php: "php",
  py: "python",
  python: "python",
  rb: "ruby",
  rs: "rust",
  ruby: "ruby",
  rust: "rust",
  scss: "scss",
  sh: "shellscript",
  shell: "shellscript",
  sql: "sql",
  swift: "swift",
  toml: "toml",
  ts: "typescript",
  tsx: "tsx",
  typescript: "typescript",
  xml: "xml",
  yaml: "yaml",
  yml: "yaml",
  zsh: "shellscript",
};

/** A token's class and the grammars' scopes that get it; prose.css gives the classes their colours. */
const classes: { name: string; scopes: string[] }[] = [
  { name: "k", scopes: ["keyword", "storage", "entity.name.tag", "markup.heading"] },
  { name: "s", scopes: ["string", "constant.character.escape", "markup.inline.raw"] },
  { name: "n", scopes: ["constant.numeric", "constant.language", "support.constant"] },
  {
    name: "f",
    scopes: ["entity.name.function", "support.function", "entity.other.attribute-name", "entity.name.type"],
  },
  { name: "c", scopes: ["comment", "punctuation.definition.comment"] },
  { name: "i", scopes: ["markup.inserted"] },
  { name: "d", scopes: ["markup.deleted"] },
  {
    name: "",
    scopes: ["keyword.operator", "storage.type.function.arrow", "meta.template.expression", "meta.embedded"],
  },
];

/** Shiki speaks of colours; each class is one, by its place in the list. */
const colourOf = (place: number) => `#0000${(place + 16).toString(16).toUpperCase()}`;
const classOfColour = new Map(classes.map(({ name }, place) => [colourOf(place), name]));

const theme = {
  name: "classes",
  type: "light" as const,
  settings: [
    { settings: { foreground: "#000000", background: "#FFFFFF" } },
    ...classes.map(({ scopes }, place) => ({ scope: scopes, settings: { foreground: colourOf(place) } })),
  ],
};

let highlighter: Promise<HighlighterCore> | undefined;

/** Splits the code blocks of a sanitized tree into spans with one of a few classes; unknown languages stay plain. */
export async function highlightCode(tree: Root): Promise<void> {
  const blocks: { code: Element; text: string; grammar: BundledLanguage }[] = [];
  let characters = 0;
  replaceElements(tree, (node) => {
    const code = node.tagName === "pre" ? node.children[0] : undefined;
    if (code?.type !== "element" || code.children[0]?.type !== "text") return undefined;
    const text = code.children[0].value;
    const grammar = grammars[languageOf(code)];
    characters += text.length;
    if (grammar && characters <= maxColouredCharacters) blocks.push({ code, text, grammar });
    return undefined;
  });
  const started = performance.now();
  for (const { code, text, grammar } of blocks) {
    if (performance.now() - started > maxColouringMs) return;
    code.children = await colour(text, grammar);
  }
}

function languageOf(code: Element): string {
  const [className] = Array.isArray(code.properties.className) ? code.properties.className : [];
  return String(className ?? "")
    .replace(/^language-/, "")
    .toLowerCase();
}

async function colour(text: string, grammar: BundledLanguage): Promise<ElementContent[]> {
  highlighter ??= createHighlighterCore({
    engine: createOnigurumaEngine(import("shiki/wasm")),
    themes: [theme],
    langs: [],
  });
  const shiki = await highlighter;
  await shiki.loadLanguage(bundledLanguages[grammar]);
  const lines = shiki.codeToTokensBase(text, {
    lang: grammar,
    theme: theme.name,
    tokenizeMaxLineLength: 1_000,
    tokenizeTimeLimit: 1_000,
  });
  return lines.flatMap((line, index) => spansOf(index === 0 ? line : [newline, ...line]));
}

const newline: ThemedToken = { content: "\n", offset: 0 };

/** Neighbours of one class become one span; what has no class stays text. */
function spansOf(tokens: ThemedToken[]): ElementContent[] {
  const runs: { className: string; text: string }[] = [];
  for (const { content, color } of tokens) {
    const className = classOfColour.get(color ?? "") ?? "";
    const last = runs.at(-1);
    if (last && (last.className === className || content.trim() === "")) last.text += content;
    else runs.push({ className, text: content });
  }
  return runs.map(({ className, text }) =>
    className
      ? {
          type: "element",
          tagName: "span",
          properties: { className: [className] },
          children: [{ type: "text", value: text }],
        }
      : { type: "text", value: text },
  );
}
