import { href } from "react-router";
import { didWhat } from "#app/moderation/did-what.tsx";
import { type DoneCase, resolutionWords } from "#app/reports/queue/case.ts";
import { Link } from "#app/ui/link.tsx";

/** Says what was just done with the last case, with the way to take it back. */
export function Done({ done: { reportId, kind, username, actionId, act, expiresAt } }: { done: DoneCase }) {
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
      <Link className="text-link" to={href("/moderation/reports/:reportId", { reportId })}>
        See that case
      </Link>
    </p>
  );
}
