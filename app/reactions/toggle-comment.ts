import { data } from "react-router";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { parsePostId, postPath } from "#app/posts/post.ts";
import { findReactableComment, setCommentReaction } from "#app/reactions/reactions.server.ts";
import { answerToggle, readToggle } from "#app/reactions/toggle-form.server.ts";
import { orFailed } from "#app/ui/use-toggle.ts";
import type { Route } from "./+types/toggle-comment";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const on = await readToggle(request);
  const comment = await findReactableComment(viewer, parsePostId(params.commentId) ?? 0);
  if (!comment) throw data(null, { status: 404, statusText: "Not Found" });
  await setCommentReaction(viewer, comment.id, on);
  const { id, title } = comment.post;
  return answerToggle(request, on, { id, path: postPath({ id, title }) }, `#comment-${comment.id}`);
}

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return orFailed(serverAction);
}
