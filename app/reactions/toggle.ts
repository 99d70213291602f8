import { data, redirect } from "react-router";
import { z } from "zod";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { parsePostId, postPath } from "#app/posts/post.ts";
import { findReactable, setReaction } from "#app/reactions/reactions.server.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/toggle";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

const onSchema = z.enum(["true", "false"]).transform((on) => on === "true");

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const on = onSchema.safeParse((await readForm(request)).get("on"));
  if (!on.success) throw data(null, { status: 400, statusText: "Bad Request" });
  const post = await findReactable(viewer, parsePostId(params.postId) ?? 0);
  if (!post) throw data(null, { status: 404, statusText: "Not Found" });
  await setReaction(viewer, post.id, on.data);
  // A browser without scripts goes back to the post; a script stays where it is.
  const isDocument = request.headers.get("accept")?.includes("text/html");
  return isDocument ? redirect(postPath(post)) : Response.json({ on: on.data });
}
