import type { DecisionLine } from "#app/appeals/decision.ts";
import { fullDate } from "#app/ui/time-ago.tsx";

const titles: Record<string, string> = {
  warn: "You were warned",
  unban: "Your ban was lifted",
  "ban-expired": "Your ban has ended",
  unsilence: "You may write again",
  sessions: "You were signed out everywhere",
  rename: "You were given another username",
  "clear-profile": "Your profile was cleared",
  "clear-avatar": "Your picture was taken away",
  "remove-post": "Your post was removed",
  "remove-posts": "Posts of yours were removed",
  "restore-post": "Your post was restored",
  "approve-post": "Your post was approved",
  "lock-post": "Your post was closed to comments",
  "unlock-post": "Your post was opened to comments",
  "feature-post": "Your post was put on the front page",
  "unfeature-post": "Your post was taken off the front page",
  "remove-comment": "Your comment was removed",
  "restore-comment": "Your comment was restored",
  "approve-comment": "Your comment was approved",
  undo: "A decision was taken back",
  appeal: "Your appeal was answered",
};

/** What was decided, to whom it concerns. */
export function decisionTitle({ kind, expiresAt, to }: Pick<DecisionLine, "kind" | "expiresAt" | "to">): string {
  if (kind === "ban") return expiresAt ? `You were banned until ${fullDate(expiresAt)}` : "You were banned for good";
  if (kind === "silence") return `You were silenced${expiresAt ? ` until ${fullDate(expiresAt)}` : ""}`;
  if (kind === "role") return `Your role was changed${to ? ` to ${to}` : ""}`;
  return titles[kind] ?? "A moderator decided about you";
}
