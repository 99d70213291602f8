import { createHash } from "node:crypto";

/** What tells one version of an answer from another. */
export interface Version {
  etag: string;
  /** of whole seconds, as HTTP says it */
  lastModified?: Date | undefined;
}

/** What a browser or a reader of feeds says of the version that it has. */
export interface HeldVersion {
  ifNoneMatch: string | null | undefined;
  ifModifiedSince: string | null | undefined;
}

/** An ETag made of the answer's own bytes; weak, because the same text is sent in several encodings. */
export function etagOf(body: string | Uint8Array): string {
  return `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
}

/** Whether the asker has this version already, by the ETag where one is said, else by the time (RFC 9110, 13.2.2). */
export function isUnchanged({ ifNoneMatch, ifModifiedSince }: HeldVersion, { etag, lastModified }: Version): boolean {
  if (ifNoneMatch) {
    const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
    return ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((tag) => opaque(tag) === opaque(etag));
  }
  if (!ifModifiedSince || !lastModified) return false;
  const since = Date.parse(ifModifiedSince);
  return !Number.isNaN(since) && Math.floor(lastModified.getTime() / 1000) * 1000 <= since;
}
