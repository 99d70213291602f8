import { data, redirect } from "react-router";
import { z } from "zod";
import { postOnly } from "#app/middleware/post-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { setPin } from "#app/pins/pins.server.ts";
import { parsePostId } from "#app/posts/post.ts";
import { readForm } from "#app/server/form.server.ts";
import { userPath } from "#app/users/user.ts";
import type { Route } from "./+types/toggle";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

const onSchema = z.enum(["true", "false"]).transform((on) => on === "true");

/** Pins a post of one's own, or unpins it, and shows the profile that it stands on. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const on = onSchema.safeParse((await readForm(request)).get("on"));
  if (!on.success) throw data(null, { status: 400, statusText: "Bad Request" });
  await spend("pin-by-user", viewer.id);
  const outcome = await setPin(viewer, parsePostId(params.postId) ?? 0, on.data);
  if (outcome === "gone") throw data(null, { status: 404, statusText: "Not Found" });
  return redirect(`${userPath(viewer.username)}${outcome === "full" ? "?pins=full" : ""}`);
}
