import { data, href, redirect } from "react-router";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { discardUnsaved } from "#app/posts/keeping.server.ts";
import { parsePostId } from "#app/posts/post.ts";
import { findOwnPost } from "#app/posts/posts.server.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/discard";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

/** Discards the changes to a published post that were kept while typing; those that came later stay. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const post = await findOwnPost(viewer, parsePostId(params.postId) ?? 0);
  if (!post) throw data(null, { status: 404, statusText: "Not Found" });
  const revision = Number((await readForm(request)).get("revision"));
  await discardUnsaved(viewer, post.id, Number.isInteger(revision) ? revision : 0);
  return redirect(href("/p/:postId/edit", { postId: String(post.id) }));
}
