/** The texts of one version; what a comment does not have is empty. */
export interface VersionTexts {
  title: string;
  /** Markdown as typed */
  body: string;
  tags: string;
  url: string;
  warning: string;
}

export type TextField = keyof VersionTexts;

/** A stretch of text that both versions have, or only one; or lines that both have and that are left out. */
export type DiffPart = { kind: "same" | "added" | "removed"; text: string } | { kind: "gap"; lines: number };

/** How one of the texts changed. */
export interface TextChange {
  field: TextField;
  parts: DiffPart[];
}

/** How a post or a comment came to read as it does. Times are ISO strings in UTC. */
export interface History {
  post: { id: number; title: string };
  author: { username: string; name: string };
  /** the newest first */
  versions: { version: number; writtenAt: string }[];
  /** the version whose changes are shown */
  shown: number;
  /** whether the list goes back to the first version */
  complete: boolean;
  changes: TextChange[];
}

export const historyLimits = {
  /** listed on the page */
  versions: 200,
};

/** The number of a version in an address, or null. */
export function parseVersion(text: string | null): number | null {
  return /^[1-9]\d{0,8}$/.test(text ?? "") ? Number(text) : null;
}
