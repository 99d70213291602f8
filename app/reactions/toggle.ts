import { data } from "react-router";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { parsePostId, postPath } from "#app/posts/post.ts";
import { findReactablePost, setPostReaction } from "#app/reactions/reactions.server.ts";
import { answerToggle, readToggle } from "#app/reactions/toggle-form.server.ts";
import { orFailed } from "#app/ui/use-toggle.ts";
import type { Route } from "./+types/toggle";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const on = await readToggle(request);
  const post = await findReactablePost(viewer, parsePostId(params.postId) ?? 0);
  if (!post) throw data(null, { status: 404, statusText: "Not Found" });
  await setPostReaction(viewer, post.id, on);
  return answerToggle(request, on, { id: post.id, path: postPath(post) });
}

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return orFailed(serverAction);
}
