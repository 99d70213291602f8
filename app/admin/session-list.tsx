import type { SessionLine } from "#app/admin/user-record.ts";
import { TimeAgo } from "#app/ui/time-ago.tsx";

/** The devices on which somebody is signed in. */
export function SessionList({ sessions }: { sessions: SessionLine[] }) {
  return (
    <ul className="session-list">
      {sessions.map((session) => (
        <li key={session.id}>
          <p>
            {session.device}
            {session.endedByBan && <span className="banned-mark"> · ended by the ban</span>}
          </p>
          <p className="muted">
            {session.network && `${session.network} · `}
            since <TimeAgo at={session.createdAt} /> · last used <TimeAgo at={session.lastUsedAt} />
          </p>
        </li>
      ))}
    </ul>
  );
}
