import { href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { stopOwnRecovery } from "#app/auth/recovery/factor-recovery.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/veto";

/** Without a fresh proof: keeping things as they are asks for none. */
export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

export async function action({ request, context }: Route.ActionArgs) {
  const stopped = await stopOwnRecovery(viewerOf(context), factsOf(request));
  return redirect(href("/settings/security") + (stopped ? "?done=recovery-stopped" : ""));
}
