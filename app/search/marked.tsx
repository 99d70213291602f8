import type { MarkedText } from "#app/search/search.ts";

/** A text with what was looked for marked in it. */
export function Marked({ text }: { text: MarkedText }) {
  return text.map((piece, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the text
    piece.found ? <mark key={place}>{piece.text}</mark> : piece.text,
  );
}
