import { z } from "zod";
import { type Role, roles } from "#app/users/user.ts";
import { usernameSchema } from "#app/users/username.ts";

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

/** Which of the site's rules was broken; none where the reason says it all. */
const rule = z
  .string()
  .regex(/^[a-z][a-z-]{0,39}$/, "Choose one of the rules.")
  .optional();

/** Why a moderator acts: kept for ever. Line breaks may stand in it, other control characters not. */
const reason = z
  .string("Say why.")
  .overwrite((text) => text.replace(/\r\n?/g, "\n").trim())
  .max(longestReason, `Say it in at most ${longestReason} characters.`)
  .refine((text) => /^(?:[\n\t]|\P{Cc})*$/u.test(text), "There is a character in it that cannot be kept.")
  .refine((text) => text.replace(/[\p{C}\p{Z}]/gu, "").length >= 3, "Say why, in at least 3 characters.");

const duration = z.enum(["1d", "7d", "30d", "forever"] satisfies Duration[], "Choose how long.");

/** What lifting a ban, ending sessions and the like ask for. */
export const reasonForm = z.object({ reason });
const ruleForm = z.object({ reason, rule });

export const banForm = z.object({ duration, content: z.enum(["kept", "hidden"]).default("kept"), reason, rule });
export const silenceForm = z.object({ duration: duration.exclude(["forever"]), reason, rule });
export const roleForm = z.object({ role: z.enum(roles, "Choose a role."), reason });
export const renameForm = z.object({ username: usernameSchema, reason, rule });

/** Every act of a moderator with what its form asks for, by what it is done to. */
export const actForms = {
  person: {
    warn: ruleForm,
    ban: banForm,
    unban: reasonForm,
    silence: silenceForm,
    unsilence: reasonForm,
    role: roleForm,
    sessions: reasonForm,
    rename: renameForm,
    "clear-profile": ruleForm,
    "clear-avatar": ruleForm,
  },
  post: {
    "remove-post": ruleForm,
    "restore-post": reasonForm,
    "approve-post": reasonForm,
    "lock-post": ruleForm,
    "unlock-post": reasonForm,
    "feature-post": reasonForm,
    "unfeature-post": reasonForm,
  },
  comment: {
    "remove-comment": ruleForm,
    "restore-comment": reasonForm,
    "approve-comment": reasonForm,
  },
} as const;

export type PersonAct = keyof typeof actForms.person;
export type PostAct = keyof typeof actForms.post;
export type CommentAct = keyof typeof actForms.comment;
export type ActKind = PersonAct | PostAct | CommentAct;
/** What stands in the log beside the acts: what the clock and what an undo did, and that a case was opened again. */
export type LoggedKind = ActKind | "ban-expired" | "undo" | "remove-posts" | "appeal" | "reopen";

/** Lines of the log that an undo has nothing to do with. */
export function isForGood(kind: string): boolean {
  return kind === "ban-expired" || kind === "reopen";
}

const forms = { ...actForms.person, ...actForms.post, ...actForms.comment };
export type ActInput<Kind extends ActKind> = z.infer<(typeof forms)[Kind]>;

export const actKinds: readonly [ActKind, ...ActKind[]] = [
  "warn",
  ...(Object.keys(forms) as ActKind[]).filter((kind) => kind !== "warn"), // its keys are these
];

export function isActKind(kind: string): kind is ActKind {
  return Object.hasOwn(forms, kind);
}

/** The form of an act. */
export function formOf<Kind extends ActKind>(kind: Kind): (typeof forms)[Kind] {
  return forms[kind];
}

/** Each kind in a few words: the verb of a button, and what the log says that somebody did. */
export const actWords: Record<LoggedKind, { button: string; did: string }> = {
  warn: { button: "Warn", did: "warned them" },
  ban: { button: "Ban", did: "banned them" },
  unban: { button: "Lift the ban", did: "lifted the ban" },
  silence: { button: "Silence", did: "silenced them" },
  unsilence: { button: "Let them write again", did: "let them write again" },
  role: { button: "Change role", did: "changed their role" },
  sessions: { button: "Sign out everywhere", did: "signed them out everywhere" },
  rename: { button: "Give another username", did: "gave them another username" },
  "clear-profile": { button: "Clear profile", did: "cleared their profile" },
  "clear-avatar": { button: "Clear picture", did: "took their picture away" },
  "remove-post": { button: "Remove", did: "removed a post of theirs" },
  "restore-post": { button: "Restore", did: "restored a post of theirs" },
  "approve-post": { button: "Approve", did: "approved a post of theirs" },
  "lock-post": { button: "Lock", did: "locked a post of theirs" },
  "unlock-post": { button: "Unlock", did: "unlocked a post of theirs" },
  "feature-post": { button: "Put on the front page", did: "put a post of theirs on top of the front page" },
  "unfeature-post": { button: "Take off the front page", did: "took a post of theirs off the top of the front page" },
  "remove-comment": { button: "Remove", did: "removed a comment of theirs" },
  "restore-comment": { button: "Restore", did: "restored a comment of theirs" },
  "approve-comment": { button: "Approve", did: "approved a comment of theirs" },
  "remove-posts": { button: "Remove posts", did: "removed posts of theirs" },
  "ban-expired": { button: "", did: "The ban ended by itself" },
  undo: { button: "Undo", did: "took an act back" },
  appeal: { button: "Answer", did: "answered an appeal of theirs" },
  reopen: { button: "Open the case again", did: "opened a case about them again" },
};

export type BanForm = z.infer<typeof banForm>;
export type RoleForm = z.infer<typeof roleForm>;
export type ReasonForm = z.infer<typeof reasonForm>;

/** One line of the log, as it concerns somebody. Times are ISO strings in UTC. */
export interface ModerationAction {
  id: string;
  /** a LoggedKind, or one of another version of the site */
  kind: string;
  /** empty where the name was erased */
  moderatorUsername: string;
  reason: string;
  createdAt: string;
  expiresAt: string | null;
  /** key of the rule that was broken */
  rule: string | null;
  /** of a role */
  from: Role | null;
  to: Role | null;
  postId: number | null;
  commentId: number | null;
  /** whether it does not count any more, as if it had never been done */
  undone: boolean;
  /** the act that this one took back */
  reversesId: string | null;
}
