import { z } from "zod";
import { type Role, roles } from "#app/users/user.ts";

/** "a member", "an admin". */
export function aRole(role: Role): string {
  return role === "admin" ? "an admin" : `a ${role}`;
}

/** Stands for whoever can run commands on the server; nobody else can have it as a username. */
export const operatorName = "operator";

/** How long a ban lasts. */
export const durations = {
  "1d": { days: 1, words: "1 day" },
  "7d": { days: 7, words: "7 days" },
  "30d": { days: 30, words: "30 days" },
  forever: { days: null, words: null },
} as const;
export type Duration = keyof typeof durations;

export function isDuration(text: string): text is Duration {
  return Object.hasOwn(durations, text);
}

/** "Ban for 7 days", "Ban for good". */
export function banWords(duration: Duration): string {
  return `Ban for ${durations[duration].words ?? "good"}`;
}

export const longestReason = 500;

/** Why a moderator acts: kept for ever. Line breaks may stand in it, other control characters not. */
const reason = z
  .string("Say why.")
  .overwrite((text) => text.replace(/\r\n?/g, "\n").trim())
  .max(longestReason, `Say it in at most ${longestReason} characters.`)
  .refine((text) => /^(?:[\n\t]|\P{Cc})*$/u.test(text), "There is a character in it that cannot be kept.")
  .refine((text) => text.replace(/[\p{C}\p{Z}]/gu, "").length >= 3, "Say why, in at least 3 characters.");

export const banForm = z.object({
  duration: z.enum(["1d", "7d", "30d", "forever"] satisfies Duration[], "Choose how long."),
  reason,
});
export const roleForm = z.object({ role: z.enum(roles, "Choose a role."), reason });
/** What lifting a ban and ending sessions ask for. */
export const reasonForm = z.object({ reason });

export type BanForm = z.infer<typeof banForm>;
export type RoleForm = z.infer<typeof roleForm>;
export type ReasonForm = z.infer<typeof reasonForm>;

/** One line of somebody's record. Times are ISO strings in UTC. */
export type ModerationAction = {
  id: string;
  moderatorUsername: string;
  reason: string;
  createdAt: string;
} & (ActionKind | { kind: "other"; name: string });

export type ActionKind =
  | { kind: "ban"; expiresAt: string | null }
  | { kind: "unban" | "ban-expired" | "remove-post" }
  | { kind: "role"; details: { from: Role; to: Role } }
  | { kind: "sessions"; details: { ended: number } };
