import { data, href } from "react-router";
import { commentPath } from "#app/comments/comment.ts";
import { parseVersion } from "#app/history/history.ts";
import { HistoryView } from "#app/history/history-view.tsx";
import { findHistory } from "#app/history/versions.server.ts";
import { parsePostId, postPath } from "#app/posts/post.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/comment";

export async function loader({ params, url }: Route.LoaderArgs) {
  const id = parsePostId(params.commentId) ?? 0;
  const history = await findHistory("comment", id, parseVersion(url.searchParams.get("version")));
  if (!history) throw data(null, { status: 404, statusText: "Not Found" });
  return { id, ...history };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [
    { title: `History of a comment · ${root.loaderData?.siteName ?? ""}` },
    { name: "robots", content: "noindex" },
  ];
}

export default function CommentHistory({ loaderData: { id, post, author, ...history } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <HistoryView
        {...history}
        path={href("/comments/:commentId/history", { commentId: String(id) })}
        title="How this comment was edited"
        about={
          <>
            <Link className="text-link" to={commentPath(id)}>
              A comment by <bdi>{author.name}</bdi>
            </Link>{" "}
            on{" "}
            <Link className="text-link" to={postPath(post)}>
              <bdi>{post.title}</bdi>
            </Link>
          </>
        }
      />
    </PageColumns>
  );
}
