import { createContext } from "react-router";

/** How many lines somebody has not read, up to `mostUnread` + 1, and when that was so, in milliseconds of the database's clock. */
export interface Unread {
  count: number;
  asOf: number;
}

export const noUnread: Unread = { count: 0, asOf: 0 };

/** Counted this far. */
export const mostUnread = 99;

/** "3", or "99+". */
export function unreadWords(count: number): string {
  return count > mostUnread ? `${mostUnread}+` : String(count);
}

/** Of the viewer of the request; set by middleware/identify-viewer. */
export const unreadContext = createContext<Unread>(noUnread);
