import { data, type MiddlewareFunction } from "react-router";
import { identify } from "#app/auth/sessions.server.ts";
import { viewerContext } from "#app/auth/viewer.ts";

/** Sets the viewer. A banned person gets the ban's page for every address but sign-out. */
export const identifyViewer: MiddlewareFunction<Response> = async ({ request, context, url }) => {
  const { viewer, ban } = await identify(request);
  if (ban && url.pathname !== "/sign-out") throw data({ ban }, { status: 403, statusText: "Banned" });
  context.set(viewerContext, viewer);
};
