import { data } from "react-router";
import type { Viewer } from "#app/auth/viewer.ts";

/** For so long an admin sees the site as somebody else. */
export const impersonationMinutes = 15;

/**
 * The addresses that an admin reads as somebody else, by their patterns in app/routes.ts. Every other one is closed: it
 * is private (settings, drafts, bookmarks, mutes), changes something, or is a moderator's own work. A new address is
 * closed until it stands here.
 */
const openToReading: ReadonlySet<string> = new Set([
  "",
  "hot",
  "following",
  "tags",
  "tags/suggestions",
  "t/:tag",
  "p/:postId/:slug?",
  "p/:postId/history",
  "p/:postId/ranking",
  "comments/:commentId",
  "comments/:commentId/history",
  "u/:username",
  "u/:username/comments",
  "u/:username/followers",
  "u/:username/following",
  "about",
  "about/ranking",
  "about/rules",
  "about/trust",
  "about/terms",
  "about/privacy",
  "moderation/log",
  "moderation/log.xml",
  "moderation/log/:actionId",
  "search",
  "notifications",
  "avatars/:seed",
  "media/:key",
  "cards/:card",
  "feed.xml",
  "feed.json",
  "u/:username/feed.xml",
  "u/:username/feed.json",
  "t/:tag/feed.xml",
  "t/:tag/feed.json",
  "oembed",
  "sitemap.xml",
  "sitemap/:kind/:chunk",
  "manifest.webmanifest",
  "service-worker.js",
  "offline",
  "healthz",
  "readyz",
  "robots.txt",
  "opensearch.xml",
  "speculation-rules.json",
  // Nothing is there, as for everybody.
  "*",
]);

/** What an admin does in their own name: going back to it, and signing out. */
const openToForms: ReadonlySet<string> = new Set(["impersonation/end", "sign-out"]);

/** Whether this may be asked while an admin sees the site as somebody else. @param pattern of the route */
export function isOpenInGlassBox(method: string, pattern: string): boolean {
  const path = pattern.replace(/^\//, "");
  return method === "GET" || method === "HEAD"
    ? openToReading.has(path) || openToForms.has(path)
    : openToForms.has(path);
}

export type Impersonated = Viewer & { impersonatedBy: NonNullable<Viewer["impersonatedBy"]> };

export function isImpersonated(viewer: Viewer | null): viewer is Impersonated {
  return viewer?.impersonatedBy !== undefined;
}

/** What the banner says: as whom, and until when. */
export interface GlassBox {
  username: string;
  /** ISO */
  until: string;
}

export function glassBoxFor(viewer: Viewer | null): GlassBox | null {
  return isImpersonated(viewer) ? { username: viewer.username, until: viewer.impersonatedBy.until } : null;
}

/** The answer to everything that is closed. */
export function closedInGlassBox() {
  return data({ closedInGlassBox: true }, { status: 403, statusText: "Forbidden" });
}

/** Whether what was thrown says that. */
export function isClosedInGlassBox(thrown: unknown): boolean {
  return typeof thrown === "object" && thrown !== null && "closedInGlassBox" in thrown;
}
