import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import type { Browser } from "#app/auth/browser.server.ts";
import { takeCeremony } from "#app/auth/ceremonies.server.ts";
import { type Entry, enter } from "#app/auth/door.server.ts";
import { notePasskeyUse, nullIfGone, verifySignature } from "#app/auth/passkeys/proof.server.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { db, inTransaction } from "#app/server/database.server.ts";

/**
 * Signs in whoever's passkey has signed what this browser was given. The first answer uses that up, right or wrong.
 * @returns what the door answers, or null where nothing fits
 */
export async function signInByPasskey(
  response: AuthenticationResponseJSON | null,
  token: string | null,
  browser: Browser,
): Promise<Entry | null> {
  await spend("passkey-by-source");
  const ceremony = token && (await takeCeremony(db, "passkey-sign-in", token));
  const proved = ceremony && response && (await verifySignature(response, ceremony.state.challenge, browser.facts));
  if (!proved) return null;
  return inTransaction(async (tx) => {
    const entry = await enter(tx, proved.userId, "passkey", browser);
    await notePasskeyUse(tx, proved);
    return entry;
  }).catch(nullIfGone);
}
