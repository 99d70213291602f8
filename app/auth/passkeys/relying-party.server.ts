import { settings } from "#app/server/env.server.ts";

/** Whom a passkey is made for: this site under its one address, whatever a request calls it. */
export function relyingParty(): { name: string; id: string; origin: string } {
  const { siteName, siteUrl } = settings();
  const { hostname, origin } = new URL(siteUrl);
  return { name: siteName, id: hostname, origin };
}

/** EdDSA, ES256 and RS256, by their numbers in COSE: what today's authenticators have. */
export const signatureAlgorithms = [-8, -7, -257];

/** For so long a browser waits for its person: also fetching the phone takes less, and the challenge lasts longer. */
export const passkeyTimeoutMs = 4 * 60_000;
