import { href } from "react-router";
import { didWhat } from "#app/moderation/did-what.tsx";
import { type DoneCase, resolutionWords } from "#app/reports/queue/case.ts";
import { casePath, type QueueFilter } from "#app/reports/queue/queue-filter.ts";
import { Link } from "#app/ui/link.tsx";

/** Says what was just done with the last case, with the way to take it back. */
export function Done({ done, filter }: { done: DoneCase; filter: QueueFilter }) {
  const { reportId, kind, username, act, expiresAt } = done;
  const undo = undoOf(done);
  return (
    <p className="notice case-done" role="status">
      <span>
        {kind === null
          ? `The case about @${username} stays open: a second moderator is asked.`
          : act
            ? `Done. You ${didWhat({ kind: act, expiresAt, from: null, to: null })}: @${username}.`
            : `Closed, about @${username}: ${resolutionWords[kind]}.`}
      </span>{" "}
      {undo && (
        <Link className="text-link" to={undo} data-key="u" aria-keyshortcuts="u">
          Undo <kbd>u</kbd>
        </Link>
      )}{" "}
      <Link className="text-link" to={casePath(reportId, filter)}>
        See that case
      </Link>
    </p>
  );
}

/** An act is undone by itself, and a word alone with its resolution. */
function undoOf({ actionId, resolutionId }: DoneCase): string | null {
  if (actionId) return href("/moderation/log/:actionId/undo", { actionId });
  return resolutionId && href("/moderation/resolutions/:resolutionId/undo", { resolutionId });
}
