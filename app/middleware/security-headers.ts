import type { MiddlewareFunction } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { settings } from "#app/server/env.server.ts";

/**
 * Headers of every answer that the application gives. The content security policy is not here:
 * entry.server writes it, because it knows whether the page has scripts.
 */
export const securityHeaders: MiddlewareFunction<Response> = async ({ context }, next) => {
  const response = await next();
  const { headers } = response;
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "strict-origin-when-cross-origin");
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()");
  if (settings().https) headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  if (!headers.has("Content-Security-Policy")) {
    headers.set(
      "Content-Security-Policy",
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    );
  }
  // A picture under a random name that everyone sees is the same for everyone.
  if (headers.get("Cache-Control")?.includes("immutable") && !headers.has("Set-Cookie")) return response;
  // What one person may see is kept by nobody; what every visitor sees may be kept, and is asked for again.
  if (context.get(viewerContext) || headers.has("Set-Cookie")) headers.set("Cache-Control", "private, no-store");
  else if (!headers.has("Cache-Control"))
    headers.set(
      "Cache-Control",
      response.ok || response.status === 304 ? "public, max-age=0, must-revalidate" : "no-store",
    );
  headers.append("Vary", "Cookie");
  return response;
};
