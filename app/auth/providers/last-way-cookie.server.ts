import type { Proof } from "#app/auth/door.server.ts";
import { type LastWay, lastWays } from "#app/auth/providers/last-way.ts";
import { attributes, readCookie } from "#app/auth/session-cookie.server.ts";
import { settings } from "#app/server/env.server.ts";

const lifeSeconds = 365 * 86_400;

function cookieName(): string {
  return settings().https ? "__Host-stoa_last_way" : "stoa_last_way";
}

/** The Set-Cookie value by which this browser's next sign-in page shows how somebody last came in here. */
export function lastWayCookie(way: LastWay): string {
  return `${cookieName()}=${way}; ${attributes(lifeSeconds)}`;
}

/** The way that a proof is; null for what nobody chooses on the sign-in page. */
export function lastWayOf(proof: Proof): LastWay | null {
  return lastWays.find((way) => way === proof) ?? null;
}

export function readLastWay(request: Request): LastWay | null {
  const given = readCookie(request.headers.get("cookie"), cookieName());
  return lastWays.find((way) => way === given) ?? null;
}
