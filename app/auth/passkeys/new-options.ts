import { answerOptions } from "#app/auth/passkeys/options-answer.ts";
import { beginPasskey } from "#app/auth/passkeys/own-passkeys.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/new-options";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer, requireFreshProof];

/** What the viewer's browser makes one more passkey by. */
export async function action({ context }: Route.ActionArgs) {
  return answerOptions(await beginPasskey(viewerOf(context)));
}
