import { Form, href } from "react-router";
import { inviteEndWords, type SiteInvite } from "#app/invites/invite.ts";
import { listInvites } from "#app/invites/tree.server.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { fullDate, TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/all";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

const uuidPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

export function loader({ url }: Route.LoaderArgs) {
  return listInvites(parseCursor(url.searchParams.get("after"), uuidPattern));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Invites · ${root.loaderData.siteName}` }];
}

export default function Invites({ loaderData: { invites, next } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <h1 className="page-title">Invites</h1>
      <p>
        Newest first. A name leads to everybody whom that person brought in.{" "}
        <Link className="text-link" to={href("/admin/settings/joining")}>
          How many a member may give
        </Link>
      </p>
      {invites.length === 0 ? (
        <Empty title="There are no invites">
          <p>Members make them in their settings. Whom you let in gets one too.</p>
        </Empty>
      ) : (
        <>
          <ul className="invite-list">
            {invites.map((invite) => (
              <Line key={invite.id} invite={invite} />
            ))}
          </ul>
          <NextPage
            href={next && `${href("/admin/invites")}?after=${next}`}
            label="Older invites"
            end="These are all."
          />
        </>
      )}
    </PageColumns>
  );
}

function Line({ invite: { id, inviter, usesLeft, createdAt, expiresAt, end, brought } }: { invite: SiteInvite }) {
  return (
    <li>
      <p>
        {inviter === null ? "Given by the site, or by somebody who has left" : <Inviter username={inviter} />}
        <span className="muted">
          {" · "}
          <TimeAgo at={createdAt} />
          {end ? ` · ${inviteEndWords[end]}` : ` · ${usesLeft} left · until ${fullDate(expiresAt)}`}
        </span>
      </p>
      {brought.length > 0 && <p>{`Brought ${brought.map((username) => `@${username}`).join(", ")}`}</p>}
      {!end && (
        <Form method="post" action={`${href("/settings/invites/:inviteId/revocation", { inviteId: id })}?all`}>
          <button type="submit" className={buttonClass("quiet")}>
            Take it back
          </button>
        </Form>
      )}
    </li>
  );
}

function Inviter({ username }: { username: string }) {
  return (
    <Link className="text-link" to={href("/admin/invites/:username", { username })}>
      @{username}
    </Link>
  );
}
