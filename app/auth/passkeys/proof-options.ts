import { answerOptions } from "#app/auth/passkeys/options-answer.ts";
import { signatureOptions } from "#app/auth/passkeys/proof.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/proof-options";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

/** What one of the viewer's passkeys has to sign as a fresh proof. */
export async function action({ context }: Route.ActionArgs) {
  await spend("passkey-options-by-source");
  return answerOptions(await signatureOptions("passkey-proof", viewerOf(context).id));
}
