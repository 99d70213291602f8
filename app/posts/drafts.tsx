import { href } from "react-router";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { DraftList } from "#app/posts/draft-list.tsx";
import { listDrafts, listUnsaved } from "#app/posts/drafts.server.ts";
import { KeptHere } from "#app/posts/kept-here.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import type { Route } from "./+types/drafts";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const after = parseCursor(url.searchParams.get("after"));
  const [page, unsaved] = await Promise.all([listDrafts(viewer, after), after ? [] : listUnsaved(viewer)]);
  return { ...page, unsaved };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Drafts · ${root.loaderData.siteName}` }];
}

export default function Drafts({ loaderData: { drafts, count, unsaved, next } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <h1 className="page-title">Drafts</h1>
      <KeptHere />
      {unsaved.length > 0 && (
        <section aria-label="Unsaved changes" className="unsaved-list">
          <p className="muted">Readers see these posts without the changes until you save them.</p>
          <DraftList drafts={unsaved} published />
        </section>
      )}
      {drafts.length > 0 && (
        <>
          <p className="muted draft-count">{count === 1 ? "One draft" : `${count} drafts`}. Only you see them.</p>
          <DraftList drafts={drafts} />
          <NextPage href={next && `${href("/drafts")}?after=${next}`} label="Older drafts" end="These are all." />
        </>
      )}
      {drafts.length + unsaved.length === 0 && (
        <Empty title="You have no drafts">
          <p>What you write is kept here until you publish it. Nobody else sees it.</p>
          <Link className={buttonClass()} to={href("/new")}>
            Write something
          </Link>
        </Empty>
      )}
    </PageColumns>
  );
}
