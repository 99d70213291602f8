import { data, redirect } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { tagPath } from "#app/posts/post.ts";
import { canonicalTag } from "#app/posts/post-form.ts";
import { PostList } from "#app/posts/post-list.tsx";
import { listFeed } from "#app/posts/posts.server.ts";
import { AboutSite } from "#app/site/about-site.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { breadcrumbs, listAddress, pageMeta } from "#app/site/page-meta.ts";
import { useRootData } from "#app/site/root-data.ts";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import type { Route } from "./+types/tag";

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const tag = canonicalTag(params.tag);
  if (tag && tag !== params.tag) throw redirect(tagPath(tag) + url.search, 301);
  const after = parseCursor(url.searchParams.get("after"));
  const page = await listFeed({ of: "tag", tag }, context.get(viewerContext), after);
  // A tag exists by being on a post.
  if (page.posts.length === 0 && !after) throw data(null, { status: 404, statusText: "Not Found" });
  return { tag, page };
}

export function meta({ loaderData, location, matches: [root] }: Route.MetaArgs) {
  if (!loaderData) return [];
  const { tag } = loaderData;
  const { siteUrl, siteName } = root.loaderData;
  const path = tagPath(tag);
  return pageMeta({
    siteUrl,
    siteName,
    title: `#${tag}`,
    description: `Posts about ${tag}`,
    path: listAddress(path, location.search),
    feed: { title: `#${tag}`, path },
    data: [
      breadcrumbs(siteUrl, [
        [siteName, "/"],
        [`#${tag}`, path],
      ]),
    ],
  });
}

export default function Tag({ loaderData: { tag, page } }: Route.ComponentProps) {
  const { viewer, siteName } = useRootData();
  return (
    <PageColumns aside={<AboutSite siteName={siteName} visitor={!viewer} />}>
      <h1 className="page-title" dir="auto">
        #{tag}
      </h1>
      <PostList page={page} path={tagPath(tag)} empty={<Empty title="There are no older posts with this tag" />} />
    </PageColumns>
  );
}
