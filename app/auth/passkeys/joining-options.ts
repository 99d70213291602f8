import { parseWithZod } from "@conform-to/zod/v4";
import { data } from "react-router";
import { findEmailProof } from "#app/auth/email-proofs.server.ts";
import { passkeyProfileForm } from "#app/auth/entry-forms.ts";
import { readJoinToken } from "#app/auth/join-cookie.server.ts";
import { newPasskeyOptions } from "#app/auth/passkeys/new-passkey.server.ts";
import { answerOptions } from "#app/auth/passkeys/options-answer.ts";
import { findUsernameProblem } from "#app/auth/usernames.server.ts";
import { visitorsOnly } from "#app/auth/visitors-only.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/joining-options";

export const middleware: Route.MiddlewareFunction[] = [postOnly, visitorsOnly];

/**
 * What a newcomer's browser makes a passkey by, for the username and the name that they have chosen. Where these will
 * not do it answers 400, and the form itself says why: no passkey is made in vain.
 */
export async function action({ request }: Route.ActionArgs) {
  await spend("passkey-options-by-source");
  const proof = await findEmailProof(readJoinToken(request));
  const submission = parseWithZod(await readForm(request), { schema: passkeyProfileForm });
  if (!proof?.proved || submission.status !== "success" || (await findUsernameProblem(submission.value.username))) {
    throw data(null, { status: 400, statusText: "Bad Request" });
  }
  return answerOptions(await newPasskeyOptions("passkey-joining", { ...submission.value, id: null, has: [] }));
}
