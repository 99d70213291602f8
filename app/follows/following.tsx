import { href } from "react-router";
import { listFollowing } from "#app/follows/following-feed.server.ts";
import { listSuggestions } from "#app/follows/suggestions.server.ts";
import { Suggestions } from "#app/follows/suggestions.tsx";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { FeedTabs } from "#app/posts/feed-tabs.tsx";
import { PostList } from "#app/posts/post-list.tsx";
import { AboutSite } from "#app/site/about-site.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/following";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const after = parseCursor(url.searchParams.get("after"));
  const page = await listFollowing(viewer, after);
  const suggestions = page.posts.length === 0 && !after ? await listSuggestions(viewer) : null;
  return { page, suggestions };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Following · ${root.loaderData.siteName}` }];
}

export default function Following({ loaderData: { page, suggestions } }: Route.ComponentProps) {
  const { siteName } = useRootData();
  const path = href("/following");
  return (
    <PageColumns
      aside={
        <>
          {page.posts.length > 0 && (
            <p className="more-to-follow">
              <Link className="text-link" to={`${href("/welcome")}?redirectTo=${path}`}>
                More people and tags to follow
              </Link>
            </p>
          )}
          <AboutSite siteName={siteName} visitor={false} />
        </>
      }
    >
      <h1 className="sr-only">Posts by people and tags that you follow</h1>
      <FeedTabs here={path} />
      <PostList
        page={page}
        path={path}
        empty={
          suggestions ? (
            <>
              <Empty title="Nothing here yet">
                <p>Posts by the people and with the tags that you follow will be here, newest first.</p>
              </Empty>
              <Suggestions suggestions={suggestions} from={path} />
            </>
          ) : (
            <Empty title="There are no older posts by whom and what you follow" />
          )
        }
      />
    </PageColumns>
  );
}
