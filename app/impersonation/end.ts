import { href, redirectDocument } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { isImpersonated } from "#app/impersonation/glass-box.ts";
import { endImpersonation } from "#app/impersonation/impersonations.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/end";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

/** Where it is over already, it leads to the same place: the button may be pressed late. */
export async function action({ context }: Route.ActionArgs) {
  const viewer = context.get(viewerContext);
  if (!isImpersonated(viewer)) return redirectDocument(href("/"));
  await endImpersonation(viewer);
  return redirectDocument(href("/admin/users/:username", { username: viewer.username }));
}
