import type { UserSummary } from "#app/users/user.ts";

/** A person in a list of people. */
export interface ListedPerson extends UserSummary {
  bio: string;
  /** whether the viewer follows them; false for visitors */
  followed: boolean;
  /** whether it is the viewer */
  self: boolean;
}

export interface PeoplePage {
  people: ListedPerson[];
  next: string | null;
}

/** Whom and what a member might want to follow, and does not yet. */
export interface Suggestions {
  people: ListedPerson[];
  tags: { name: string; postCount: number }[];
}

export function hasSuggestions({ people, tags }: Suggestions): boolean {
  return people.length + tags.length > 0;
}

/** How many of each the form for newcomers offers, and takes. */
export const offered = { people: 8, tags: 12 } as const;
