import { data, href, redirect } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { readCeremonyToken } from "#app/auth/ceremonies.server.ts";
import { proveByPasskey } from "#app/auth/fresh-proof/proving.server.ts";
import { passkeyRefused } from "#app/auth/passkeys/passkey.ts";
import { readSignature } from "#app/auth/passkeys/responses.server.ts";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/by-passkey";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const response = readSignature(form.get("passkey"));
  const token = readCeremonyToken("passkey-proof", request);
  if (!(await proveByPasskey(viewerOf(context), { response, token }, browserOf(request)))) {
    return data({ problem: passkeyRefused }, { status: 400 });
  }
  const redirectTo = redirectTarget(form.get("redirectTo"));
  return redirect(`${href("/confirm")}?redirectTo=${encodeURIComponent(redirectTo)}`);
}
