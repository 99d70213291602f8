import { type ActKind, formOf } from "#app/moderation/moderation.ts";

/** What is done to several people at once. */
export const bulkKinds = ["warn", "silence", "ban", "sessions"] as const satisfies ActKind[];
export type BulkKind = (typeof bulkKinds)[number];

export function parseBulkKind(text: string | null): BulkKind {
  return bulkKinds.find((kind) => kind === text) ?? "warn";
}

/** As many as one page of the list has. */
export const mostPeople = 50;

/** The usernames that were chosen in the list, each once. */
export function parseChosen(params: URLSearchParams): string[] {
  const chosen = params.getAll("u").filter((username) => /^[\w-]{1,40}$/.test(username));
  return [...new Set(chosen.map((username) => username.toLowerCase()))].slice(0, mostPeople);
}

/** The form of the act with the people to whom it is done. */
export function bulkForm(kind: BulkKind) {
  return formOf(kind);
}

/** Somebody who was chosen, and why not to them; null: it will be done. */
export interface ChosenPerson {
  username: string;
  name: string;
  avatar: string;
  role: string;
  sessionCount: number;
  refusal: string | null;
  /** another admin has to agree */
  proposes: boolean;
}

/** How it came out for one person. */
export const outcomes = { done: "done", proposed: "waits for a second moderator", refused: "refused" } as const;
export interface PersonOutcome {
  username: string;
  outcome: keyof typeof outcomes;
  text: string | null;
}
