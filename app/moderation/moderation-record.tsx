import type { ReactNode } from "react";
import { href } from "react-router";

import { aRole, type ModerationAction, operatorName } from "#app/moderation/moderation.ts";
import { Link } from "#app/ui/link.tsx";
import { fullDate, TimeAgo } from "#app/ui/time-ago.tsx";

/** What moderators did to somebody: who, what, when and why, newest first. */
export function ModerationRecord({ actions }: { actions: ModerationAction[] }) {
  return (
    <ol className="record">
      {actions.map((action) => (
        <li key={action.id}>
          <p>
            {what(action)}
            <span className="muted">
              {" · "}
              <TimeAgo at={action.createdAt} />
            </span>
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
  switch (action.kind) {
    case "ban":
      return (
        <>
          {who} banned them {action.expiresAt ? `until ${fullDate(action.expiresAt)}` : "for good"}
        </>
      );
    case "unban":
      return <>{who} lifted the ban</>;
    case "ban-expired":
      return "The ban ended by itself";
    case "remove-post":
      return <>{who} took down a post of theirs</>;
    case "role":
      return (
        <>
          {who} made them {aRole(action.details.to)}, from {action.details.from}
        </>
      );
    case "sessions":
      return (
        <>
          {who} signed them out on {action.details.ended === 1 ? "one device" : `${action.details.ended} devices`}
        </>
      );
    case "other":
      return (
        <>
          {who}: {action.name}
        </>
      );
  }
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
