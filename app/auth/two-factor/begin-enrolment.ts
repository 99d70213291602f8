import { href, redirect } from "react-router";
import { beginEnrolment } from "#app/auth/two-factor/enrolment.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/begin-enrolment";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer, requireFreshProof];

export async function action({ context }: Route.ActionArgs) {
  await beginEnrolment(viewerOf(context));
  return redirect(href("/settings/security/two-factor"));
}
