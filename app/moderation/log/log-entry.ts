import { actKinds, type LoggedKind, type ModerationAction } from "#app/moderation/moderation.ts";

/**
 * What everybody may read. Not in it: a warning, which is a word to one person; the end of sessions, which is about
 * somebody's safety; what says that a first post had waited for a look; the answer to an appeal, which is theirs; that a case was opened
 * again, because that somebody is reported is nobody else's business until something is decided.
 */
const notPublic: ReadonlySet<string> = new Set(["warn", "sessions", "approve-post", "approve-comment"]);

export const publicKinds: readonly LoggedKind[] = [
  ...actKinds.filter((kind) => !notPublic.has(kind)),
  "remove-posts",
  "ban-expired",
  "undo",
];

/** Kinds in the filter, each with its words. */
export const kindLabels: { [Kind in LoggedKind]?: string } = {
  ban: "Bans",
  unban: "Bans lifted",
  "ban-expired": "Bans ended by time",
  silence: "Silences",
  unsilence: "Silences lifted",
  role: "Roles",
  rename: "Usernames",
  "clear-profile": "Profiles cleared",
  "clear-avatar": "Pictures taken away",
  "remove-post": "Posts removed",
  "remove-posts": "Many posts removed",
  "restore-post": "Posts restored",
  "lock-post": "Posts locked",
  "unlock-post": "Posts unlocked",
  "feature-post": "Posts put on the front page",
  "unfeature-post": "Posts taken off the front page",
  "remove-comment": "Comments removed",
  "restore-comment": "Comments restored",
  undo: "Undone acts",
};

/** A line of the public log. Times are ISO strings in UTC. */
export interface LogEntry
  extends Pick<
    ModerationAction,
    "id" | "kind" | "reason" | "createdAt" | "expiresAt" | "from" | "to" | "undone" | "reversesId"
  > {
  /** "a moderator", or a name where the site shows it */
  by: string;
  /** whose page that is; null where it is nobody's */
  byUsername: string | null;
  /** whom it concerns: null for many; no username where they have left */
  subject: { username: string | null } | null;
  /** title of the rule that was broken */
  rule: string | null;
  /** what it was done to, where everybody can see that */
  thing: { url: string; title: string | null } | null;
  /** the act that took this one back */
  undoneBy: string | null;
  /** whether somebody appealed, and another moderator upheld it */
  upheld: boolean;
}

/** What the log is searched for. */
export interface LogSearch {
  kind: LoggedKind | null;
  /** username */
  moderator: string | null;
  /** YYYY-MM-DD */
  from: string | null;
  to: string | null;
}

export function parseLogSearch(params: URLSearchParams, withNames: boolean): LogSearch {
  const moderator = params.get("moderator")?.trim().replace(/^@/, "") ?? "";
  return {
    kind: publicKinds.find((kind) => kind === params.get("kind")) ?? null,
    moderator: withNames && /^[\w-]{1,40}$/.test(moderator) ? moderator : null,
    from: dayOf(params.get("from")),
    to: dayOf(params.get("to")),
  };
}

/** A day that there is; null for anything else. */
function dayOf(text: string | null): string | null {
  if (!text || !/^(?:19|20)\d\d-\d\d-\d\d$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : null;
}

export function searchParamsOf(search: LogSearch, after: string | null = null): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value) params.set(name, value);
  if (after) params.set("after", after);
  return params.toString();
}
