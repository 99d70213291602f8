import { type MiddlewareFunction, redirect } from "react-router";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { viewerContext } from "#app/auth/viewer.ts";

/**
 * Sends on whoever is signed in already. A page that is left for visitors speaks to one of them, of an address or
 * a name that they have typed: no cache keeps it.
 */
export const visitorsOnly: MiddlewareFunction<Response> = async ({ context, url }, next) => {
  if (context.get(viewerContext)) throw redirect(redirectTarget(url.searchParams.get("redirectTo")));
  const response = await next();
  response.headers.set("Cache-Control", "private, no-store");
  return response;
};
