import { z } from "zod";
import { type LoggedKind, longestReason } from "#app/moderation/moderation.ts";
import { isAtLeast, outranks, type Role } from "#app/users/user.ts";

export const longestAppeal = 2_000;

const words = (missing: string, longest: number) =>
  z
    .string(missing)
    .overwrite((text) => text.replace(/\r\n?/g, "\n").trim())
    .max(longest, `Say it in at most ${longest.toLocaleString("en-GB")} characters.`)
    .refine((text) => /^(?:[\n\t]|\P{Cc})*$/u.test(text), "There is a character in it that cannot be kept.")
    .refine((text) => text.replace(/[\p{C}\p{Z}]/gu, "").length >= 3, missing);

/** What somebody says against a decision about them. */
export const appealForm = z.object({
  body: words("Say what is wrong with it, in at least 3 characters.", longestAppeal),
});

/** What a moderator answers; where the appeal is granted, it is also the reason of the undo. */
export const answerForm = z.object({
  granted: z.enum(["true", "false"], "Choose one of the two."),
  answer: words("Answer them, in at least 3 characters.", longestReason),
});

/** Decisions that take something from somebody. */
const appealable: ReadonlySet<string> = new Set([
  "warn",
  "ban",
  "silence",
  "role",
  "sessions",
  "rename",
  "clear-profile",
  "clear-avatar",
  "remove-post",
  "remove-posts",
  "lock-post",
  "remove-comment",
] satisfies LoggedKind[]);

export function isAppealable({ kind, from, to }: { kind: string; from: Role | null; to: Role | null }): boolean {
  if (kind === "role") return from !== null && to !== null && outranks(from, to);
  return appealable.has(kind);
}

/** After so many days an admin may answer an appeal against their own act, where nobody else can. */
export const soloDays = 7;

/** What it takes to answer an appeal. */
export interface AppealParts {
  kind: string;
  subject: { id: string; role: Role };
  /** who acted, with the role that they have now; null: nobody on the staff */
  actor: { id: string; role: Role } | null;
  approverId: string | null;
  createdAt: Date;
  decided: boolean;
}

/** The role that somebody needs who answers it: as much as it takes to undo the act. */
export function neededRole({ kind, subject, actor }: Pick<AppealParts, "kind" | "subject" | "actor">): Role {
  const adminsOnly = kind === "role" || subject.role !== "member" || actor?.role === "admin";
  return adminsOnly ? "admin" : "moderator";
}

/**
 * What forbids it to the viewer to answer an appeal, as a sentence; null: nothing does.
 * @param others how many people on the staff could, who had no part in the act
 */
export function whyNotAnswer(
  parts: AppealParts,
  viewer: { id: string; role: Role },
  others: number,
  now = new Date(),
): string | null {
  if (parts.decided) return "This appeal is answered already.";
  if (viewer.id === parts.subject.id) return "It is your own appeal.";
  if (!isAtLeast(viewer.role, neededRole(parts))) return "Only an admin answers an appeal against such a decision.";
  if (viewer.id !== parts.actor?.id && viewer.id !== parts.approverId) return null;
  if (others > 0) return "You had a part in this decision: somebody else answers.";
  const from = soloFrom(parts.createdAt);
  if (viewer.role === "admin" && now >= from) return null;
  const day = from.toISOString().slice(0, 10);
  return `You had a part in this decision, and nobody else on the staff can answer. An admin may from ${day} on.`;
}

export function soloFrom(createdAt: Date): Date {
  return new Date(createdAt.getTime() + soloDays * 86_400_000);
}

/** An appeal as its person sees it. Times are ISO strings in UTC. */
export interface OwnAppeal {
  body: string;
  createdAt: string;
  /** null while it waits */
  answer: { granted: boolean; text: string; at: string } | null;
}
