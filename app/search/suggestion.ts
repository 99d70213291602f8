import type { SearchQuery } from "#app/search/query.ts";

/** A word that no post has, and some that posts have and that look like it, in plain letters. */
export interface Spelling {
  typed: string;
  known: string[];
}

/** The search as it was perhaps meant: each word that no post has becomes the nearest that one has. Null for none. */
export function suggestQuery(query: SearchQuery, spellings: Spelling[]): string | null {
  let text = query.text;
  for (const { typed, known } of spellings) {
    const word = plain(typed);
    const [nearest] = known
      .map((each) => ({ each, steps: stepsBetween(word, each) }))
      .filter(({ steps }) => steps <= (word.length < 6 ? 1 : 2))
      .sort((a, b) => a.steps - b.steps);
    if (nearest) text = text.replace(typed, () => nearest.each);
  }
  return text === query.text ? null : text;
}

function plain(word: string): string {
  return word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** How many letters were left out, added, exchanged, or swapped with their neighbour. */
function stepsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const steps = [at(current, column - 1) + 1, at(last, column) + 1, at(last, column - 1) + (same ? 0 : 1)];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) steps.push(at(beforeLast, column - 2) + 1);
      current.push(Math.min(...steps));
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
