import { data } from "react-router";
import { setTagFollow } from "#app/follows/follows.server.ts";
import { answerFollow, readFollow } from "#app/follows/toggle.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { tagPath } from "#app/posts/post.ts";
import { canonicalTag } from "#app/posts/post-form.ts";
import { findTag } from "#app/tags/tags.server.ts";
import type { Route } from "./+types/follow-tag";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const wanted = await readFollow(request);
  await spend("follow-by-user", viewer.id);
  const tag = await findTag(canonicalTag(params.tag), viewer);
  if (!tag) throw data(null, { status: 404, statusText: "Not Found" });
  await setTagFollow(viewer, tag.name, wanted.on);
  return answerFollow(request, wanted, tagPath(tag.name));
}
