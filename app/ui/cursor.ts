/** A place in a list ordered by time and id, newest first: where the next page starts. */
export interface Cursor {
  at: Date;
  id: string;
}

/** A cursor for a URL: milliseconds since 1970 in base 36, a dash, the id. */
export function formatCursor({ at, id }: Cursor): string {
  return `${at.getTime().toString(36)}-${id}`;
}

/** The cursor of a URL, or null for the first page and for anything that is no cursor. */
export function parseCursor(text: string | null, idPattern = /^\d{1,9}$/): Cursor | null {
  const [time = "", ...rest] = text?.split("-") ?? [];
  const id = rest.join("-");
  const at = new Date(Number.parseInt(time, 36));
  if (!/^[0-9a-z]{1,9}$/.test(time) || Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999 || !idPattern.test(id))
    return null;
  return { at, id };
}
