import { href } from "react-router";
import { didWhat } from "#app/moderation/did-what.tsx";
import { type DoneCase, resolutionWords } from "#app/reports/queue/case.ts";
import { casePath, type QueueFilter } from "#app/reports/queue/queue-filter.ts";
import { Link } from "#app/ui/link.tsx";

/** Says what was just done with the last case, with the way to take it back. */
export function Done({ done, filter }: { done: DoneCase; filter: QueueFilter }) {
  const { reportId, kind, username, actionId, act, expiresAt } = done;
  return (
    <p className="notice case-done" role="status">
      <span>
        {kind === null
          ? `The case about @${username} stays open: a second moderator is asked.`
          : act
            ? `Done. You ${didWhat({ kind: act, expiresAt, from: null, to: null })}: @${username}.`
            : `Closed, about @${username}: ${resolutionWords[kind]}.`}
      </span>{" "}
      {actionId && (
        <Link
          className="text-link"
          to={href("/moderation/log/:actionId/undo", { actionId })}
          data-key="u"
          aria-keyshortcuts="u"
        >
          Undo <kbd>u</kbd>
        </Link>
      )}{" "}
      <Link className="text-link" to={casePath(reportId, filter)}>
        See that case
      </Link>
    </p>
  );
}
