import { attributes, readCookie } from "#app/auth/session-cookie.server.ts";
import { isToken } from "#app/auth/tokens.server.ts";
import { settings } from "#app/server/env.server.ts";

/** As long as a browser may take from the address to the last step. */
const lifeSeconds = 2 * 3600;

function cookieName(): string {
  return settings().https ? "__Host-stoa_invite" : "stoa_invite";
}

/** Keeps an invite's code in a browser on whatever way it joins, by a code, a passkey or another site. */
export function inviteCookie(code: string): string {
  return `${cookieName()}=${code}; ${attributes(lifeSeconds)}`;
}

export function endedInviteCookie(): string {
  return `${cookieName()}=; ${attributes(0)}`;
}

/** The code of the invite that this browser came by, or null. */
export function readInvite(request: Request): string | null {
  const code = readCookie(request.headers.get("cookie"), cookieName());
  return isToken(code) ? code : null;
}
