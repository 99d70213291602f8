import type { SearchQuery } from "#app/search/query.ts";

/** Adds a value to the statement's; returns what stands for it in the text. */
export type Param = (value: unknown) => string;

/** A text in the form in which texts are searched; see the migration `search`. */
export const form = (text: string) => `search_form(${text}::text)`;

/** What a text must hold, words of a phrase anywhere: for the index, which knows no order of words. Null for no words. */
export function looseMatch({ words, phrases, prefixes }: SearchQuery, param: Param): string | null {
  const together = [...words, ...phrases].join(" ");
  const parts = [
    ...(together ? [`plainto_tsquery('stoa', ${form(param(together))})`] : []),
    ...prefixes.map((prefix) => beginsWith(param(prefix))),
  ];
  return parts.length > 0 ? parts.join(" && ") : null;
}

/** What a text must hold and must not, in the order typed within a phrase, a word like "node.js" being one. */
export function exactMatch({ words, phrases, prefixes, without }: SearchQuery, param: Param): string | null {
  const parts = [
    ...[...words, ...phrases].map((text) => inOrder(param(text))),
    ...prefixes.map((prefix) => beginsWith(param(prefix))),
    ...without.map((text) => `!!${inOrder(param(text))}`),
  ];
  return parts.length > 0 ? parts.map((part) => `(${part})`).join(" && ") : null;
}

function inOrder(text: string): string {
  return `phraseto_tsquery('stoa', ${form(text)})`;
}

/** As typed, or in another form: "gardens*" also finds "garden". */
function beginsWith(prefix: string): string {
  return `(to_tsquery('simple', quote_literal(btrim(${form(prefix)})) || ':*') || ${inOrder(prefix)})`;
}
