import type { ImpersonationLine } from "#app/impersonation/impersonation.ts";
import { fullMoment } from "#app/ui/time-ago.tsx";

/** Which admins saw the site as the reader does; their names are not said. */
export function ImpersonationList({ impersonations }: { impersonations: ImpersonationLine[] }) {
  return (
    <ul className="log-list">
      {impersonations.map(({ id, reason, startedAt, until, underWay }) => (
        <li key={id}>
          <p className="log-what">
            {underWay ? <strong>An admin sees the site as you do now</strong> : "An admin saw the site as you do"}
          </p>
          <p className="muted">
            {`From ${fullMoment(startedAt)} ${underWay ? "until" : "to"} ${fullMoment(until)}${underWay ? " at the latest" : ""}, reading only. Why: `}
            <span dir="auto">{reason}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
