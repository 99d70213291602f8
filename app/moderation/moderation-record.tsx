import type { ReactNode } from "react";
import { href } from "react-router";

import { didWhat } from "#app/moderation/did-what.tsx";
import { isForGood, type ModerationAction, operatorName } from "#app/moderation/moderation.ts";
import { Link } from "#app/ui/link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";

/** What moderators did to somebody: who, what, when and why, newest first. */
export function ModerationRecord({
  actions,
  withUndo = false,
}: {
  actions: ModerationAction[];
  /** whether each act that stands has a way to undo it */
  withUndo?: boolean;
}) {
  return (
    <ol className="record">
      {actions.map((action) => (
        <li key={action.id} data-undone={action.undone || undefined}>
          <p>
            {what(action)}
            {action.undone && <strong> · undone</strong>}
            <span className="muted">
              {" · "}
              <TimeAgo at={action.createdAt} />
            </span>
            {withUndo && !action.undone && !isForGood(action.kind) && (
              <>
                {" · "}
                <Link className="text-link" to={href("/moderation/log/:actionId/undo", { actionId: action.id })}>
                  Undo
                  <span className="sr-only">{` what was done ${action.createdAt.slice(0, 16).replace("T", " ")}`}</span>
                </Link>
              </>
            )}
          </p>
          <p className="record-reason" dir="auto">
            {action.reason}
          </p>
        </li>
      ))}
    </ol>
  );
}

function what(action: ModerationAction): ReactNode {
  const who = <Moderator username={action.moderatorUsername} />;
  return action.kind === "ban-expired" ? (
    didWhat(action)
  ) : (
    <>
      {who} {didWhat(action)}
    </>
  );
}

function Moderator({ username }: { username: string }) {
  if (username === operatorName) return "The server's operator";
  // Their name was erased.
  if (username === "") return "Somebody who has left";
  return (
    <Link className="record-who" to={href("/admin/users/:username", { username })}>
      @{username}
    </Link>
  );
}
