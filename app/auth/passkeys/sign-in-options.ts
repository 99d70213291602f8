import { answerOptions } from "#app/auth/passkeys/options-answer.ts";
import { signatureOptions } from "#app/auth/passkeys/proof.server.ts";
import { visitorsOnly } from "#app/auth/visitors-only.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import type { Route } from "./+types/sign-in-options";

export const middleware: Route.MiddlewareFunction[] = [postOnly, visitorsOnly];

/** What a passkey has to sign for a sign-in: the same for everyone, for nobody has said who they are. */
export async function action() {
  await spend("passkey-options-by-source");
  return answerOptions(await signatureOptions("passkey-sign-in", null));
}
