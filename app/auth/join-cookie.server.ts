import { attributes, readCookie } from "#app/auth/session-cookie.server.ts";
import { isToken } from "#app/auth/tokens.server.ts";
import { settings } from "#app/server/env.server.ts";

/** How long a browser may take from the address to the last step. */
const lifeSeconds = 2 * 3600;

function cookieName(): string {
  return settings().https ? "__Host-stoa_join" : "stoa_join";
}

/** Ties a browser to its try at proving an address. */
export function joinCookie(token: string): string {
  return `${cookieName()}=${token}; ${attributes(lifeSeconds)}`;
}

export function expiredJoinCookie(): string {
  return `${cookieName()}=; ${attributes(0)}`;
}

/** The browser's token, or null where it has none. */
export function readJoinToken(request: Request): string | null {
  const token = readCookie(request.headers.get("cookie"), cookieName());
  return isToken(token) ? token : null;
}
