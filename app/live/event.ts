import type { Unread } from "#app/notifications/unread.ts";

/** What a stream tells, by the name of the event. */
export interface LiveEvents {
  /** the present state; `newest` is when the latest unread line changed, in milliseconds, or null where all is read */
  notifications: Unread & { newest: number | null };
  /** posts that everyone may see from now on, each its id and when it was published in milliseconds */
  posts: [id: number, at: number][];
  /** nothing more comes: whoever listened is signed out or banned */
  ended: null;
  /** nothing more comes: the same person listens in too many places; this was the oldest */
  replaced: null;
}

export type LiveEventName = keyof LiveEvents;
