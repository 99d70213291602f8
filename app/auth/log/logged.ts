/** A line of somebody's own log: what happened to their account. */
export interface Logged {
  id: string;
  what: string;
  /** ISO */
  at: string;
  /** in words; null where somebody else acted, for these are theirs */
  device: string | null;
  network: string | null;
  byOthers: boolean;
}

export interface LogPage {
  events: Logged[];
  /** the cursor of the next page; null on the last one */
  next: string | null;
}
