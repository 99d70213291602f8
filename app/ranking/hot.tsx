import { href } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { FeedTabs } from "#app/posts/feed-tabs.tsx";
import { PostList } from "#app/posts/post-list.tsx";
import { listHot } from "#app/ranking/hot.server.ts";
import { parseRankCursor } from "#app/ranking/ranking.ts";
import { AboutSite } from "#app/site/about-site.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/hot";

export async function loader({ context, url }: Route.LoaderArgs) {
  return listHot(context.get(viewerContext), parseRankCursor(url.searchParams.get("after")));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [
    { title: `Hot · ${root.loaderData.siteName}` },
    { name: "description", content: "What people like and talk about now" },
  ];
}

export default function Hot({ loaderData: { startedOver, ...page } }: Route.ComponentProps) {
  const { viewer, siteName } = useRootData();
  return (
    <PageColumns
      aside={
        <>
          <AboutHot />
          <AboutSite siteName={siteName} visitor={!viewer} />
        </>
      }
    >
      <h1 className="sr-only">Hot posts</h1>
      <FeedTabs here={href("/hot")} />
      {startedOver && (
        <p className="notice hot-notice" role="status">
          The order that you were reading is more than a day old and no longer kept. This is the beginning of the
          present one.
        </p>
      )}
      <PostList
        page={page}
        path={href("/hot")}
        end="That is as far as Hot goes."
        note={({ id }) => (
          <Link className="why-here" to={href("/p/:postId/ranking", { postId: String(id) })}>
            Why is this here?
          </Link>
        )}
        empty={
          <Empty title="Nothing is hot yet">
            <p>What people like and talk about will be here.</p>
          </Empty>
        }
      />
    </PageColumns>
  );
}

function AboutHot() {
  return (
    <section aria-labelledby="about-hot" className="about-hot">
      <h2 id="about-hot" className="aside-title">
        Hot
      </h2>
      <p>
        Likes and people who comment lift a post, its age lets it sink. It is the same order for everyone.{" "}
        <Link className="text-link" to={href("/about/ranking")}>
          The formula
        </Link>
      </p>
    </section>
  );
}
