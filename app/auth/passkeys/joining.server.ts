import { factsOf } from "#app/auth/browser.server.ts";
import { findCeremony, readCeremonyToken } from "#app/auth/ceremonies.server.ts";
import { type NewPasskey, verifyNewPasskey } from "#app/auth/passkeys/new-passkey.server.ts";
import { readNewPasskey } from "#app/auth/passkeys/responses.server.ts";

/**
 * The passkey that a newcomer's browser has made and sent with the last step's form. What it has answered is used up
 * by the transaction that makes the member, so that a step that fails can be taken again.
 * @returns null where it is none, or was made too long ago
 */
export async function readJoiningPasskey(
  field: FormDataEntryValue | null,
  request: Request,
): Promise<{ passkey: NewPasskey; ceremonyToken: string } | null> {
  const response = readNewPasskey(field);
  const ceremonyToken = readCeremonyToken("passkey-joining", request);
  const ceremony = response && (await findCeremony("passkey-joining", request));
  if (!ceremony || !ceremonyToken) return null;
  const passkey = await verifyNewPasskey(response, ceremony.state.challenge, factsOf(request));
  return passkey && { passkey, ceremonyToken };
}
