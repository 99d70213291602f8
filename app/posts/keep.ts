import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { answerKeeping } from "#app/posts/keep-request.server.ts";
import { keepText } from "#app/posts/keeping.server.ts";
import { parsePostId } from "#app/posts/post.ts";
import type { Route } from "./+types/keep";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

/** Keeps what is typed into a draft, or beside a published post until it is saved. */
export function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  return answerKeeping(request, viewer, (input) => keepText(viewer, parsePostId(params.postId) ?? 0, input));
}
