import { href } from "react-router";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { listDrafts } from "#app/posts/posts.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/drafts";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export function loader({ context, url }: Route.LoaderArgs) {
  return listDrafts(viewerOf(context), parseCursor(url.searchParams.get("after")));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Drafts · ${root.loaderData.siteName}` }];
}

export default function Drafts({ loaderData: { drafts, next } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <h1 className="page-title">Drafts</h1>
      {drafts.length === 0 ? (
        <Empty title="You have no drafts">
          <p>What you save without publishing will be here. Nobody else sees it.</p>
          <Link className={buttonClass()} to={href("/new")}>
            Write something
          </Link>
        </Empty>
      ) : (
        <>
          <ul className="draft-list">
            {drafts.map((draft) => (
              <li key={draft.id}>
                <h2 dir="auto">
                  <Link to={href("/p/:postId/edit", { postId: String(draft.id) })}>
                    {draft.title || "Untitled draft"}
                  </Link>
                </h2>
                {draft.excerpt && (
                  <p className="excerpt" dir="auto">
                    {draft.excerpt}
                  </p>
                )}
                <p className="muted draft-meta">
                  <span>
                    Last saved: <TimeAgo at={draft.updatedAt} />
                  </span>
                  <Link className="text-link" to={href("/p/:postId/delete", { postId: String(draft.id) })}>
                    Delete<span className="sr-only"> {draft.title || "the untitled draft"}</span>
                  </Link>
                </p>
              </li>
            ))}
          </ul>
          <NextPage href={next && `${href("/drafts")}?after=${next}`} label="Older drafts" end="These are all." />
        </>
      )}
    </PageColumns>
  );
}
