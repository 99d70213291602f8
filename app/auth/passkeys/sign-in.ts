import { data } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { endedCeremonyCookie, readCeremonyToken } from "#app/auth/ceremonies.server.ts";
import { goOn } from "#app/auth/door.server.ts";
import { passkeyRefused } from "#app/auth/passkeys/passkey.ts";
import { readSignature } from "#app/auth/passkeys/responses.server.ts";
import { signInByPasskey } from "#app/auth/passkeys/sign-in.server.ts";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { visitorsOnly } from "#app/auth/visitors-only.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/sign-in";

export const middleware: Route.MiddlewareFunction[] = [postOnly, visitorsOnly];

export async function action({ request }: Route.ActionArgs) {
  const form = await readForm(request);
  const token = readCeremonyToken("passkey-sign-in", request);
  const entry = await signInByPasskey(readSignature(form.get("passkey")), token, browserOf(request));
  if (!entry) return data({ problem: passkeyRefused }, { status: 400 });
  return goOn(entry, redirectTarget(form.get("redirectTo")), [["Set-Cookie", endedCeremonyCookie("passkey-sign-in")]]);
}
