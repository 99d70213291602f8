import { data, href, redirect } from "react-router";
import { z } from "zod";
import { factsOf } from "#app/auth/browser.server.ts";
import { removePasskey } from "#app/auth/passkeys/own-passkeys.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/removal";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer, requireFreshProof];

export async function action({ request, params, context }: Route.ActionArgs) {
  const id = z.uuid().safeParse(params.passkeyId);
  const done = id.success ? await removePasskey(viewerOf(context), id.data, factsOf(request)) : "not-theirs";
  if (done === "not-theirs") throw data(null, { status: 404, statusText: "Not Found" });
  return redirect(`${href("/settings/security/passkeys")}?done=${done}`);
}
