import { data, href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { canonicalTag } from "#app/posts/post-form.ts";
import { removeSynonym } from "#app/tags/synonyms.server.ts";
import type { Route } from "./+types/delete-synonym";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireAdmin];

export async function action({ request, params, context }: Route.ActionArgs) {
  const removed = await removeSynonym(viewerOf(context), canonicalTag(params.name), factsOf(request));
  if (!removed) throw data(null, { status: 404, statusText: "Not Found" });
  return redirect(href("/admin/tags"));
}
