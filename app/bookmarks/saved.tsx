import { href } from "react-router";
import { listBookmarks } from "#app/bookmarks/bookmarks.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { PostList } from "#app/posts/post-list.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/saved";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  const after = parseCursor(url.searchParams.get("after"));
  return { page: await listBookmarks(viewerOf(context), after), isFirst: after === null };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Bookmarks · ${root.loaderData.siteName}` }];
}

export default function Saved({ loaderData: { page, isFirst } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <h1 className="page-title">Bookmarks</h1>
      <PostList page={page} path={href("/bookmarks")} empty={isFirst ? <NothingKept /> : <NothingOlder />} />
    </PageColumns>
  );
}

function NothingKept() {
  return (
    <Empty title="You have not kept anything yet">
      <p>Press Bookmark under a post to find it here again. Nobody else sees what you keep.</p>
      <Link className={buttonClass()} to={href("/")}>
        Find something to read
      </Link>
    </Empty>
  );
}

function NothingOlder() {
  return (
    <Empty title="There are no older bookmarks">
      <Link className="text-link" to={href("/bookmarks")}>
        Back to the latest ones
      </Link>
    </Empty>
  );
}
