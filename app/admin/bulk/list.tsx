import { href } from "react-router";
import { listBulks } from "#app/admin/bulk/progress.server.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/list";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader() {
  return { bulks: await listBulks() };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Acts on many things · ${root.loaderData.siteName}` }];
}

export default function List({ loaderData: { bulks } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <h1 className="page-title">Acts on many things</h1>
      <p className="actions">
        <Link className={buttonClass("plain")} to={href("/admin/bulk/posts")}>
          Remove many posts
        </Link>
      </p>
      <ol className="record user-section">
        {bulks.map(({ id, actionId, direction, done, total, ended, stopped, startedAt, reason, moderatorUsername }) => (
          <li key={id}>
            <p>
              <Link className="text-link" to={href("/admin/bulk/:actionId", { actionId })}>
                {`${direction === "undo" ? "Undoing" : "Removing"}: ${done.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")}`}
              </Link>
              {!ended && (stopped ? " · stopped" : " · under way")}
              <span className="muted">
                {" · "}
                {moderatorUsername && `@${moderatorUsername} · `}
                <TimeAgo at={startedAt} />
              </span>
            </p>
            <p className="record-reason" dir="auto">
              {reason}
            </p>
          </li>
        ))}
      </ol>
      {bulks.length === 0 && <p className="muted">None so far.</p>}
    </PageColumns>
  );
}
