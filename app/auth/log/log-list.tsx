import type { Logged } from "#app/auth/log/logged.ts";
import { TimeAgo } from "#app/ui/time-ago.tsx";

export function LogList({ events }: { events: Logged[] }) {
  return (
    <ul className="log-list">
      {events.map(({ id, what, at, device, network, byOthers }) => (
        <li key={id}>
          <p className="log-what">{what}</p>
          <p className="muted">
            <TimeAgo at={at} />
            {[byOthers && "by somebody who runs this site", device, network]
              .filter(Boolean)
              .map((part) => ` · ${part}`)
              .join("")}
          </p>
        </li>
      ))}
    </ul>
  );
}
