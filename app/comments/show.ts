import { data, redirect } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { threadPath } from "#app/comments/comment.ts";
import { findPostOfComment } from "#app/comments/comments.server.ts";
import { parsePostId, postPath } from "#app/posts/post.ts";
import type { Route } from "./+types/show";

/** A comment's own address leads to where it is read: on its post's page, with what it answers and what answers it. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const id = parsePostId(params.commentId) ?? 0;
  const post = await findPostOfComment(id, context.get(viewerContext));
  if (!post) throw data(null, { status: 404, statusText: "Not Found" });
  throw redirect(threadPath(postPath(post), id));
}
