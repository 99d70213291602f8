import type { TextChange } from "#app/history/history.ts";
import type { ModerationAction } from "#app/moderation/moderation.ts";
import type { ReportedKind, ResolutionKind } from "#app/reports/report.ts";
import type { Role } from "#app/users/user.ts";

/** An open case as the queue shows it. Times are ISO strings in UTC. */
export interface CaseLine {
  id: number;
  /** one of its reports, which its address names */
  reportId: string;
  kind: ReportedKind;
  title: string;
  /** the first words of it */
  words: string;
  username: string;
  /** keys of the rules that it was reported for, the most frequent one first */
  rules: string[];
  reportCount: number;
  weight: number;
  openedAt: string;
  assignee: string | null;
}

/** Who works on a case, and since when. */
export interface Assignment {
  username: string;
  since: string;
  mine: boolean;
}

/** How a case was closed. */
export interface ShownResolution {
  id: string;
  kind: ResolutionKind;
  reason: string;
  wordsToReporters: string;
  /** null where they have left */
  moderator: string | null;
  at: string;
  /** the act that went with it */
  action: ModerationAction | null;
}

/** A decision about a case that was taken back. */
export interface UndoneResolution extends Pick<ShownResolution, "id" | "kind" | "reason" | "moderator" | "at"> {
  undone: { by: string | null; at: string; reason: string };
}

/** A case with all that is kept in its row. */
export interface ShownCase {
  id: number;
  kind: ReportedKind;
  postId: number | null;
  commentId: number | null;
  subject: { id: string; username: string; name: string; avatar: string; role: Role; banned: boolean; gone: boolean };
  openedAt: string;
  weight: number;
  reportCount: number;
  assignment: Assignment | null;
  /** the thing as it is */
  now: { title: string; body: string; address: string; state: ThingState };
  /** the key of the rule that it was reported for most often */
  rule: string;
  closed: boolean;
}

export type ThingState = "public" | "removed" | "held" | "deleted";

/** One report in its case. */
export interface CaseReport {
  id: string;
  /** null where they have left */
  reporter: string | null;
  rule: string;
  note: string;
  weight: number;
  createdAt: string;
  /** what has changed since, where no earlier report of the list is of the same text; null: nothing */
  changes: TextChange[] | null;
  /** whether what it kept was erased */
  erased: boolean;
}

/** Another case about the same person. */
export interface EarlierCase {
  reportId: string;
  kind: ReportedKind;
  title: string;
  openedAt: string;
  outcome: ResolutionKind | null;
}

/** Something that they wrote lately. */
export interface LatelyWritten {
  address: string;
  title: string;
  words: string;
  at: string;
  removed: boolean;
}

export const resolutionWords: Record<ResolutionKind, string> = {
  acted: "a rule was broken",
  dismissed: "no rule was broken",
  noted: "seen, nothing to do",
};

/** "A post by @bela", "@bela". */
export function whatOf(kind: ReportedKind, username: string): string {
  if (kind === "person") return `@${username}`;
  return `A ${kind} by @${username}`;
}

/** What somebody has just done with a case. */
export interface DoneCase {
  reportId: string;
  /** null where it stays open, because a second moderator is asked */
  kind: ResolutionKind | null;
  username: string;
  /** of what was decided; null where the case stays open */
  resolutionId: string | null;
  actionId: string | null;
  act: string | null;
  /** of the act */
  expiresAt: string | null;
}
