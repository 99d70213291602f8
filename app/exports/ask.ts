import { href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { askForExport } from "#app/exports/exports.server.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/ask";

export const middleware: Route.MiddlewareFunction[] = [requireViewer, requireFreshProof];

/** Where somebody lands who was asked for a fresh proof: the form is on the page before. */
export function loader() {
  return redirect(href("/settings/data"));
}

export async function action({ request, context }: Route.ActionArgs) {
  await askForExport(viewerOf(context), factsOf(request));
  return redirect(href("/settings/data"));
}
