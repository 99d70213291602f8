import { data, type MiddlewareFunction } from "react-router";
import { identify } from "#app/auth/sessions.server.ts";
import { viewerContext } from "#app/auth/viewer.ts";

/**
 * Sets the viewer. A banned person gets the ban's page for every address but sign-out; pictures and the answers for
 * machines, which are the same for everyone, they get as a visitor does.
 */
export const identifyViewer: MiddlewareFunction<Response> = async ({ request, context, url }) => {
  const { viewer, ban } = await identify(request);
  if (ban && !isOpenToAll(url.pathname)) throw data({ ban }, { status: 403, statusText: "Banned" });
  context.set(viewerContext, viewer);
};

/** In every spelling that the router takes for the same address. */
function isOpenToAll(pathname: string): boolean {
  const path = pathname.toLowerCase().replace(/(?<=.)\/+$/, "");
  return path === "/sign-out" || path === "/healthz" || path.startsWith("/media/");
}
