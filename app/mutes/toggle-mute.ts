import { redirect } from "react-router";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { pathAfterMute, readWish } from "#app/mutes/mute-request.server.ts";
import { findOther, setMute } from "#app/mutes/mutes.server.ts";
import type { Route } from "./+types/toggle-mute";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const wish = await readWish(request);
  const other = await findOther(viewer, params.username);
  await setMute(viewer, other.username, wish.on);
  // A browser without scripts goes back to where the button was; a script stays there.
  const isDocument = request.headers.get("accept")?.includes("text/html");
  return isDocument ? redirect(pathAfterMute(other.username, wish)) : Response.json({ on: wish.on });
}
