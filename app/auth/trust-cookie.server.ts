import { attributes, readCookie } from "#app/auth/session-cookie.server.ts";
import { isToken } from "#app/auth/tokens.server.ts";
import { settings } from "#app/server/env.server.ts";

/** For how long a browser is not asked for the second factor again. */
export const trustDays = 30;

function cookieName(): string {
  return settings().https ? "__Host-stoa_trust" : "stoa_trust";
}

/** Ties a browser to its row in trusted_devices. */
export function trustCookie(token: string): string {
  return `${cookieName()}=${token}; ${attributes(trustDays * 86_400)}`;
}

/** The browser's token, or null where it has none. */
export function readTrust(request: Request): string | null {
  const token = readCookie(request.headers.get("cookie"), cookieName());
  return isToken(token) ? token : null;
}
