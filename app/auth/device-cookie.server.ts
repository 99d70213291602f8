import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { attributes, readCookie } from "#app/auth/session-cookie.server.ts";
import { settings } from "#app/server/env.server.ts";

const lifeSeconds = 365 * 86_400;

function cookieName(): string {
  return settings().https ? "__Host-stoa_device" : "stoa_device";
}

/**
 * The Set-Cookie value by which a browser is known again that has come in with this address before. It opens nothing:
 * its tries are only counted apart from strangers', so that nobody can use them up from afar. What ties it to the
 * address is the signature, so that neither a table nor the cookie itself says whose it is.
 */
export function deviceCookie(email: string): string {
  const issued = `${randomBytes(16).toString("hex")}.${Math.floor(Date.now() / 1000)}`;
  return `${cookieName()}=${issued}.${sign(issued, email)}; ${attributes(lifeSeconds)}`;
}

/** What a request brings to be known by, unchecked. */
export function readDevice(request: Request): string | null {
  return readCookie(request.headers.get("cookie"), cookieName());
}

/** Whether a browser has come in with that address before. */
export function isKnownDevice(device: string | null, email: string | null): boolean {
  const { issued, seconds, signature } = form.exec(device ?? "")?.groups ?? {};
  if (!issued || !signature || email === null) return false;
  const fresh = Number(seconds) + lifeSeconds > Date.now() / 1000;
  return fresh && timingSafeEqual(Buffer.from(signature), Buffer.from(sign(issued, email)));
}

const form = /^(?<issued>[0-9a-f]{32}\.(?<seconds>\d{10}))\.(?<signature>[\w-]{43})$/;

function sign(issued: string, email: string): string {
  return createHmac("sha256", settings().authSecret).update(`device ${issued} ${email}`).digest("base64url");
}
