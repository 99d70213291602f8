/** A name that is being typed: where its "@" stands, and what was typed after it. */
export interface TypedName {
  start: number;
  typed: string;
}

/** The name that ends at the caret; none in the middle of a word, of an address or after a space. */
export function typedNameBefore(text: string, caret: number): TypedName | null {
  const before = text.slice(Math.max(0, caret - 60), caret);
  const typed = /(?<![\w@/.+-])@([\p{L}\p{M}\p{N}_-]{0,30})$/u.exec(before)?.[1];
  return typed === undefined ? null : { start: caret - typed.length - 1, typed };
}
