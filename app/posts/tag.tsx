import { data, href, redirect } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { FollowButton } from "#app/follows/follow-button.tsx";
import { tagPath } from "#app/posts/post.ts";
import { canonicalTag } from "#app/posts/post-form.ts";
import { PostList } from "#app/posts/post-list.tsx";
import { listFeed } from "#app/posts/posts.server.ts";
import { AboutSite } from "#app/site/about-site.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { breadcrumbs, listAddress, pageMeta } from "#app/site/page-meta.ts";
import { useRootData } from "#app/site/root-data.ts";
import { postsWords } from "#app/tags/tag.ts";
import { findTag } from "#app/tags/tags.server.ts";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import type { Route } from "./+types/tag";

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const viewer = context.get(viewerContext);
  const word = canonicalTag(params.tag);
  const after = parseCursor(url.searchParams.get("after"));
  const [tag, page] = await Promise.all([findTag(word, viewer), listFeed({ of: "tag", tag: word }, viewer, after)]);
  // A tag exists by being on a post, and for those who follow it also when its last one is gone.
  if (!tag || (tag.postCount === 0 && !tag.followed)) throw data(null, { status: 404, statusText: "Not Found" });
  // One address per tag: its canonical form, also for its synonyms.
  if (tag.name !== params.tag) throw redirect(tagPath(tag.name) + url.search, 301);
  return { tag, page };
}

export function meta({ loaderData, location, matches: [root] }: Route.MetaArgs) {
  if (!loaderData) return [];
  const { name } = loaderData.tag;
  const { siteUrl, siteName } = root.loaderData;
  const path = tagPath(name);
  return pageMeta({
    siteUrl,
    siteName,
    title: `#${name}`,
    description: `Posts about ${name}`,
    path: listAddress(path, location.search),
    feed: { title: `#${name}`, path },
    data: [
      breadcrumbs(siteUrl, [
        [siteName, "/"],
        [`#${name}`, path],
      ]),
    ],
  });
}

export default function Tag({ loaderData: { tag, page } }: Route.ComponentProps) {
  const { viewer, siteName } = useRootData();
  const path = tagPath(tag.name);
  return (
    <PageColumns aside={<AboutSite siteName={siteName} visitor={!viewer} />}>
      <header className="tag-head">
        <div>
          <h1 className="page-title" dir="auto">
            #{tag.name}
          </h1>
          <p className="muted">{postsWords(tag.postCount)}</p>
        </div>
        {viewer && (
          <FollowButton
            action={href("/t/:tag/follow", { tag: tag.name })}
            name={`#${tag.name}`}
            followed={tag.followed}
          />
        )}
      </header>
      <PostList page={page} path={path} empty={<Empty title={emptyTitle(tag.postCount)} />} />
    </PageColumns>
  );
}

function emptyTitle(postCount: number): string {
  return postCount === 0 ? "No post has this tag any more" : "There are no older posts with this tag";
}
