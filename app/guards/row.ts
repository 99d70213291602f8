/* The words of the table that the test beside it reads. */

export const askers = ["visitor", "member", "moderator", "admin"] as const;
export type Asker = (typeof askers)[number];
/** The status for a visitor, a member, a moderator and an admin. */
export type Answers = [number, number, number, number];

export interface Row {
  url: string;
  get: Answers;
  /** of an empty form; 405 for everybody where it is left out */
  post?: Answers;
  /** of the same form sent a second time, as data, where the first one changed something */
  postAgain?: Answers;
  /** at most, for a visitor and for a member */
  statements: [number, number];
  /** of a visit and of a form; the ban's page, 403, where it is left out */
  banned?: [number, number];
}

export const all = (status: number): Answers => [status, status, status, status];
export const toMembers = (status: number): Answers => [401, status, status, status];
export const toVisitors = (status: number): Answers => [status, 302, 302, 302];
export const toAuthor = (status: number): Answers => [401, status, 404, 404];
export const toModerators = (status: number): Answers => [401, 404, status, status];
export const toAdmins = (status: number): Answers => [401, 404, 404, status];
