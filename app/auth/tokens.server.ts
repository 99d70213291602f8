import { createHash, randomBytes } from "node:crypto";

/** A secret for one browser or one link: random, and without meaning but in our tables. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

export function isToken(text: string | null): text is string {
  return text !== null && /^[\w-]{43}$/.test(text);
}

/** The token that a mailed link carries; null where it has none. */
export function tokenOf(url: URL): string | null {
  const token = url.searchParams.get("token");
  return isToken(token) ? token : null;
}

/** A token's form in the database: a copy of the table opens nothing. */
export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
