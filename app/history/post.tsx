import { data, href } from "react-router";
import { parseVersion } from "#app/history/history.ts";
import { HistoryView } from "#app/history/history-view.tsx";
import { findHistory } from "#app/history/versions.server.ts";
import { parsePostId, postPath } from "#app/posts/post.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { Link } from "#app/ui/link.tsx";
import { PersonLink } from "#app/users/person-link.tsx";
import type { Route } from "./+types/post";

export async function loader({ params, url }: Route.LoaderArgs) {
  const history = await findHistory(
    "post",
    parsePostId(params.postId) ?? 0,
    parseVersion(url.searchParams.get("version")),
  );
  if (!history) throw data(null, { status: 404, statusText: "Not Found" });
  return history;
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  if (!loaderData) return [];
  return [
    { title: `History of ${loaderData.post.title} · ${root.loaderData.siteName}` },
    { name: "robots", content: "noindex" },
  ];
}

export default function PostHistory({ loaderData: { post, author, ...history } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <HistoryView
        {...history}
        path={href("/p/:postId/history", { postId: String(post.id) })}
        title="How this post was edited"
        about={
          <>
            <Link className="text-link" to={postPath(post)}>
              <bdi>{post.title}</bdi>
            </Link>{" "}
            by{" "}
            <PersonLink className="text-link" username={author.username}>
              <bdi>{author.name}</bdi>
            </PersonLink>
          </>
        }
      />
    </PageColumns>
  );
}
