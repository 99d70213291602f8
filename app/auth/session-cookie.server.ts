import { createHmac, timingSafeEqual } from "node:crypto";
import { settings } from "#app/server/env.server.ts";

/** A session ends this long after its last use … */
export const idleDays = 30;
/** … and at the latest this long after sign-in. */
export const absoluteDays = 90;

export function sessionCookieName(): string {
  return settings().https ? "__Host-stoa_session" : "stoa_session";
}

/** The Set-Cookie value for a new session: Better Auth's own signed form. */
export function sessionCookie(token: string): string {
  return `${sessionCookieName()}=${encodeURIComponent(`${token}.${sign(token)}`)}; ${attributes(absoluteDays * 86_400)}`;
}

export function expiredSessionCookie(): string {
  return `${sessionCookieName()}=; ${attributes(0)}`;
}

/** The session token in a Cookie header, or null where there is none or it was tampered with. */
export function readSessionToken(cookieHeader: string | null): string | null {
  const value = readCookie(cookieHeader, sessionCookieName());
  const dot = value?.lastIndexOf(".") ?? -1;
  if (!value || dot < 1) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1));
  const expected = Buffer.from(sign(token));
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

/** One cookie's decoded value; null where it is missing or not decodable. */
export function readCookie(cookieHeader: string | null, name: string): string | null {
  for (const part of cookieHeader?.split(";") ?? []) {
    const equals = part.indexOf("=");
    if (equals < 0 || part.slice(0, equals).trim() !== name) continue;
    try {
      return decodeURIComponent(part.slice(equals + 1).trim());
    } catch {
      return null;
    }
  }
  return null;
}

/** Attributes of every cookie of ours, as a Set-Cookie header has them. */
export function attributes(maxAgeSeconds: number): string {
  return `Max-Age=${maxAgeSeconds}; Path=/; HttpOnly; SameSite=Lax${settings().https ? "; Secure" : ""}`;
}

/** The same attributes as Better Auth wants them. */
export function attributesOfCookie() {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: settings().https } as const;
}

function sign(token: string): string {
  return createHmac("sha256", settings().authSecret).update(token).digest("base64");
}
