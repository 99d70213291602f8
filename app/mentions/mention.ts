/** How many different people one text calls by name; the names after that stay words. */
export const maxNamed = 20;
/** How many different names of a text are looked up. */
const maxCandidates = 100;

/** Somebody whom a text may name. */
export interface NamedPerson {
  id: string;
  /** as its owner writes it now */
  username: string;
}

/** Who is meant by the names of one text, each in lower case and without its "@". */
export type NamedPeople = ReadonlyMap<string, NamedPerson>;

export const nobodyNamed: NamedPeople = new Map();

/** What could be a name after an "@", wherever it stands: more than what will be linked, never less. */
export function namesIn(source: string): string[] {
  const names = new Set<string>();
  for (const [, name = ""] of source.matchAll(/@([a-z0-9][a-z0-9_-]{1,18}[a-z0-9])/gi)) {
    names.add(name.toLowerCase());
    if (names.size === maxCandidates) break;
  }
  return [...names];
}

/**
 * A name in written words: not in the middle of a word, of an address or of a path, as in a@b.example, @scope/package
 * and @name@elsewhere. In scripts that are written without spaces the word around it is no obstacle.
 */
export const mentionPattern =
  /(?<![[\p{L}\p{N}\p{M}_@\/.+\-\uFDD0]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]])@([A-Za-z0-9][A-Za-z0-9_\-]{1,18}[A-Za-z0-9])(?![_\-]*[[\p{L}\p{N}\p{M}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]]|[.@\/][\p{L}\p{N}])/gv;
