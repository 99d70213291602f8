import { isKnownDevice, readDevice } from "#app/auth/device-cookie.server.ts";
import { requestCode } from "#app/auth/email-proofs.server.ts";
import { joinCookie, readJoinToken } from "#app/auth/join-cookie.server.ts";
import { disposableProblem } from "#app/auth/strangers/disposable.server.ts";
import type { AskedOf } from "#app/auth/strangers/stranger.ts";
import { admitStranger } from "#app/auth/strangers/strangers.server.ts";
import { exclusionProblem } from "#app/exclusions/exclusions.server.ts";

export type CodeAsked =
  /** a message for the field of the address */
  { is: "refused"; problem: string } | { is: "asked"; asked: AskedOf } | { is: "sent"; cookie: string };

/** Mails a code to an address, for whoever gives it: to join, or to come in. The same to a machine, without the mail. */
export async function askForCode(request: Request, form: FormData, email: string): Promise<CodeAsked> {
  const device = readDevice(request);
  const known = isKnownDevice(device, email);
  const problem = known ? null : ((await exclusionProblem(email)) ?? (await disposableProblem(email)));
  if (problem) return { is: "refused", problem };
  const admission = await admitStranger(form, email, device);
  if (admission.is === "asked") return { is: "asked", asked: admission.asked };
  const token = await requestCode(email, readJoinToken(request), device, { mail: admission.is === "let in" });
  return { is: "sent", cookie: joinCookie(token) };
}
