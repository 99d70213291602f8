/** Where the next page of a ranked list starts: after this score and this row, of the list as it was at that time. */
export interface Place {
  at: Date;
  score: number;
  id: number;
}

/** A place for a URL: milliseconds since 1970, the score and the id, in base 36. */
export function formatPlace({ at, score, id }: Place): string {
  return [at.getTime(), score, id].map((number) => number.toString(36)).join("-");
}

/** The place of a URL, or null for the first page and for anything that is no place. */
export function parsePlace(text: string | null): Place | null {
  const match = /^([0-9a-z]{1,9})-([0-9a-z]{1,10})-([0-9a-z]{1,6})$/.exec(text ?? "");
  if (!match) return null;
  const [time = 0, score = 0, id = 0] = match.slice(1).map((part) => Number.parseInt(part, 36));
  const at = new Date(time);
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999 || id > 2_147_483_647 ? null : { at, score, id };
}
