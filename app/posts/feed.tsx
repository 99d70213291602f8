import { href } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { NewPosts } from "#app/live/new-posts.tsx";
import { FeedTabs } from "#app/posts/feed-tabs.tsx";
import { PostList } from "#app/posts/post-list.tsx";
import { listFeed } from "#app/posts/posts.server.ts";
import { AboutSite } from "#app/site/about-site.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { listAddress, pageMeta } from "#app/site/page-meta.ts";
import { useRootData } from "#app/site/root-data.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/feed";

export async function loader({ context, url }: Route.LoaderArgs) {
  const after = parseCursor(url.searchParams.get("after"));
  return { ...(await listFeed({ of: "front" }, context.get(viewerContext), after)), first: after === null };
}

export function meta({ location, matches: [root] }: Route.MetaArgs) {
  const { siteUrl, siteName } = root.loaderData;
  return pageMeta({
    siteUrl,
    siteName,
    title: siteName,
    description: "An open colonnade to walk, read and talk in. Everything here was written by a member.",
    path: listAddress(href("/"), location.search),
    feed: { title: siteName, path: href("/") },
  });
}

export default function Feed({ loaderData }: Route.ComponentProps) {
  const { viewer, siteName } = useRootData();
  const newest = Date.parse(loaderData.posts.find((post) => !post.featured)?.publishedAt ?? "") || 0;
  return (
    <PageColumns aside={<AboutSite siteName={siteName} visitor={!viewer} />}>
      <h1 className="sr-only">Latest posts</h1>
      <FeedTabs here={href("/")} />
      {viewer && loaderData.first && <NewPosts newest={newest} />}
      <PostList
        page={loaderData}
        path={href("/")}
        empty={<NothingYet />}
        above={(post) => post.featured && <Featured />}
      />
    </PageColumns>
  );
}

function Featured() {
  return <p className="post-featured">Pinned</p>;
}

function NothingYet() {
  return (
    <Empty title="Nothing has been written yet">
      <p>What members publish will be here, newest first.</p>
      <Link className={buttonClass()} to={href("/new")}>
        Write the first post
      </Link>
    </Empty>
  );
}
