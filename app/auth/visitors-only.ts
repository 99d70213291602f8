import { type MiddlewareFunction, redirect } from "react-router";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { viewerContext } from "#app/auth/viewer.ts";

/** Sends on whoever is signed in already. */
export const visitorsOnly: MiddlewareFunction<Response> = ({ context, url }) => {
  if (context.get(viewerContext)) throw redirect(redirectTarget(url.searchParams.get("redirectTo")));
};

/** For pages that speak to one visitor, of an address or a name that they have typed: no cache keeps them. */
export const neverCached: MiddlewareFunction<Response> = async (_, next) => {
  const response = await next();
  response.headers.set("Cache-Control", "private, no-store");
  return response;
};
