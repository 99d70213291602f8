import { href } from "react-router";
import type { LogEntry } from "#app/moderation/log/log-entry.ts";
import { aRole } from "#app/moderation/moderation.ts";
import { Link } from "#app/ui/link.tsx";
import { fullDate, TimeAgo } from "#app/ui/time-ago.tsx";
import { userPath } from "#app/users/user.ts";

/** What was done, before and after the name of whom it concerns. */
function wordsOf({ kind, expiresAt, from, to }: LogEntry): [string, string] {
  const until = expiresAt ? ` until ${fullDate(expiresAt)}` : "";
  switch (kind) {
    case "ban":
      return ["banned", until || " for good"];
    case "unban":
      return ["lifted the ban of", ""];
    case "ban-expired":
      return ["ended the ban of", ", whose time was over"];
    case "silence":
      return ["silenced", until];
    case "unsilence":
      return ["let", " write again"];
    case "role":
      return ["made", ` ${to ? aRole(to) : "something else"}${from ? `, from ${from}` : ""}`];
    case "rename":
      return ["gave", " another username"];
    case "clear-profile":
      return ["cleared the profile of", ""];
    case "clear-avatar":
      return ["took the picture of", " away"];
    case "remove-posts":
      return ["removed posts of", ""];
    case "feature-post":
      return ["put a post of", " on the front page"];
    case "unfeature-post":
      return ["took a post of", " off the front page"];
    case "undo":
      return ["took back a decision about", ""];
  }
  const [verb = "", noun] = kind.split("-");
  const did = { remove: "removed", restore: "restored", lock: "closed", unlock: "opened" }[verb];
  return did ? [`${did} a ${noun} of`, verb.endsWith("lock") ? " to comments" : ""] : ["decided about", ""];
}

/** The line in words alone: for titles and feeds. */
export function logSentence(entry: LogEntry): string {
  const [before, after] = wordsOf(entry);
  return `${begun(entry.by)} ${before} ${whomOf(entry)}${after}`;
}

function whomOf({ subject }: LogEntry): string {
  if (!subject) return "several people";
  return subject.username ? `@${subject.username}` : "somebody who has left";
}

/** As at the beginning of a sentence. */
function begun(by: string): string {
  return by.startsWith("@") ? by : by.charAt(0).toUpperCase() + by.slice(1);
}

/** One line of the public log: who, what, to whom, why, by which rule, when. */
export function LogLine({ entry, toUndo }: { entry: LogEntry; toUndo: boolean }) {
  const { id, kind, by, byUsername, subject, thing, reason, rule, createdAt, undone, undoneBy, reversesId, upheld } =
    entry;
  const [before, after] = wordsOf(entry);
  const to = (actionId: string) => href("/moderation/log/:actionId", { actionId });
  return (
    <article id={`act-${id}`} data-undone={undone || undefined}>
      <p>
        {byUsername ? (
          <Link className="record-who" to={userPath(byUsername)}>
            {by}
          </Link>
        ) : (
          begun(by)
        )}{" "}
        {before}{" "}
        {subject?.username ? (
          <Link className="record-who" to={userPath(subject.username)}>
            {whomOf(entry)}
          </Link>
        ) : (
          whomOf(entry)
        )}
        {after}
        {thing && (
          <>
            {": "}
            <Link className="text-link" to={thing.url}>
              <bdi>{thing.title ?? "the comment"}</bdi>
            </Link>
          </>
        )}
        {undone && <strong> · undone</strong>}
      </p>
      <p className="record-reason" dir="auto">
        {reason || "The reason was erased."}
      </p>
      <p className="muted log-facts">
        {rule && <span>{`Rule: ${rule}`}</span>}
        {upheld && <span>Appealed, and upheld by somebody else</span>}
        <Link className="log-time" to={to(id)}>
          <TimeAgo at={createdAt} />
        </Link>
        {undoneBy && undone && (
          <Link className="text-link" to={to(undoneBy)}>
            What undid it
          </Link>
        )}
        {reversesId && (
          <Link className="text-link" to={to(reversesId)}>
            What it took back
          </Link>
        )}
        {toUndo && !undone && kind !== "ban-expired" && (
          <Link className="text-link" to={href("/moderation/log/:actionId/undo", { actionId: id })}>
            Undo
          </Link>
        )}
      </p>
    </article>
  );
}
