import { href } from "react-router";
import { FeedTabs } from "#app/posts/feed-tabs.tsx";
import { tagPath } from "#app/posts/post.ts";
import { AboutSite } from "#app/site/about-site.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { postsWords } from "#app/tags/tag.ts";
import { listTags } from "#app/tags/tags.server.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import type { Route } from "./+types/all";

export async function loader({ url }: Route.LoaderArgs) {
  return listTags(url.searchParams.get("after"));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [
    { title: `Tags · ${root.loaderData.siteName}` },
    { name: "description", content: "What people write about here, the most used tags first" },
  ];
}

export default function All({ loaderData: { tags, next } }: Route.ComponentProps) {
  const { viewer, siteName } = useRootData();
  return (
    <PageColumns aside={<AboutSite siteName={siteName} visitor={!viewer} />}>
      <FeedTabs here={href("/tags")} />
      <h1 className="page-title">Tags</h1>
      {tags.length > 0 ? (
        <>
          <ul className="tag-list">
            {tags.map(({ name, postCount }) => (
              <li key={name}>
                <Link className="tag-row" to={tagPath(name)}>
                  <bdi className="tag">{name}</bdi> <span className="muted">{postsWords(postCount)}</span>
                </Link>
              </li>
            ))}
          </ul>
          <NextPage
            href={next && `${href("/tags")}?after=${encodeURIComponent(next)}`}
            label="More tags"
            end="These are all the tags."
          />
        </>
      ) : (
        <Empty title="There are no tags yet">
          <p>Each post carries one to five. Those that people use will be here.</p>
        </Empty>
      )}
    </PageColumns>
  );
}
