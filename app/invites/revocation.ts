import { data, href, redirect } from "react-router";
import { z } from "zod";
import { factsOf } from "#app/auth/browser.server.ts";
import { revokeInvite } from "#app/invites/invites.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/revocation";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

/** Of one's own invite; an admin comes from the list of all. */
export async function action({ request, params, context, url }: Route.ActionArgs) {
  const id = z.uuid().safeParse(params.inviteId);
  const revoked = id.success && (await revokeInvite(viewerOf(context), id.data, factsOf(request)));
  if (!revoked) throw data(null, { status: 404, statusText: "Not Found" });
  return redirect(url.searchParams.has("all") ? href("/admin/invites") : href("/settings/invites"));
}
