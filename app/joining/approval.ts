import { href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { nothingWaits, requestIdOf } from "#app/joining/request-id.ts";
import { approveRequest } from "#app/joining/requests.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/approval";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireModerator];

export async function action({ request, params, context }: Route.ActionArgs) {
  const approved = await approveRequest(viewerOf(context), requestIdOf(params.requestId), factsOf(request));
  if (!approved) throw nothingWaits();
  return redirect(`${href("/admin/joining")}?done=approved`);
}
