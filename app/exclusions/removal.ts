import { data, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { kindOfPath } from "#app/exclusions/kind-of-path.ts";
import { removeExclusion } from "#app/exclusions/lists.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/removal";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireAdmin];

export async function action({ request, params, context, url }: Route.ActionArgs) {
  const kind = kindOfPath(url.pathname);
  const removed = await removeExclusion(viewerOf(context), kind, params.key, factsOf(request));
  if (!removed) throw data(null, { status: 404, statusText: "Not Found" });
  return redirect(`/admin/settings/${kind}`);
}
