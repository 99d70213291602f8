import { actWords, aRole, type LoggedKind, type ModerationAction } from "#app/moderation/moderation.ts";
import { fullDate } from "#app/ui/time-ago.tsx";

/** What an act did, after the name of who did it: "banned them until 3 May 2026". */
export function didWhat({
  kind,
  expiresAt,
  from,
  to,
}: Pick<ModerationAction, "kind" | "expiresAt" | "from" | "to">): string {
  if (kind === "role" && from && to) return `made them ${aRole(to)}, from ${from}`;
  if (kind === "ban") return `banned them ${expiresAt ? `until ${fullDate(expiresAt)}` : "for good"}`;
  if (kind === "silence" && expiresAt) return `silenced them until ${fullDate(expiresAt)}`;
  // The log outlives the code: what this version does not know is shown by its name.
  return isLogged(kind) ? actWords[kind].did : kind.replaceAll("-", " ");
}

function isLogged(kind: string): kind is LoggedKind {
  return Object.hasOwn(actWords, kind);
}
