import { href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { removeSecondFactor } from "#app/auth/two-factor/enrolment.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/removal";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer, requireFreshProof];

export async function action({ request, context }: Route.ActionArgs) {
  await removeSecondFactor(viewerOf(context), factsOf(request));
  return redirect(`${href("/settings/security")}?done=second-factor-off`);
}
