import type { Work } from "#app/auth/strangers/work.ts";

/** The field that only machines fill in. */
export const trapName = "website";

/** What a stranger is asked for while too many of them come, one or the other. */
export interface AskedOf {
  email: string;
  /** for a browser with scripts */
  work: Work;
  /** for one without: a place in the order of those who wait */
  place: string;
  turn: "no place" | "too early" | "others first";
}
