import { href } from "react-router";
import { listWaiting } from "#app/appeals/waiting.server.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { didWhat } from "#app/moderation/did-what.tsx";
import { ModerationTabs } from "#app/moderation/moderation-tabs.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/waiting";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ context, url }: Route.LoaderArgs) {
  return listWaiting(viewerOf(context), parseCursor(url.searchParams.get("after"), uuid));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Appeals · ${root.loaderData.siteName}` }];
}

export default function Waiting({ loaderData: { appeals, next } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <ModerationTabs />
      <h1 className="page-title">Appeals</h1>
      <p className="muted">
        What people say against a decision. Somebody who had no part in it answers; the oldest first.
      </p>
      {appeals.length === 0 ? (
        <Empty title="No appeal waits" />
      ) : (
        <>
          <ol className="record decision-list">
            {appeals.map(({ id, username, createdAt, action, own }) => (
              <li key={id}>
                <Link className="text-link" to={href("/moderation/appeals/:appealId", { appealId: id })}>
                  {`@${username}`}
                </Link>
                {`: ${action.moderatorUsername ? `@${action.moderatorUsername}` : "somebody who has left"} ${didWhat(action)}`}
                <span className="muted">
                  {own && " · you had a part in it"}
                  {action.undone && " · undone since"}
                  {" · "}
                  <TimeAgo at={createdAt} />
                </span>
              </li>
            ))}
          </ol>
          <NextPage
            href={next && `${href("/moderation/appeals")}?after=${next}`}
            label="Later appeals"
            end="These are all that wait."
          />
        </>
      )}
    </PageColumns>
  );
}
