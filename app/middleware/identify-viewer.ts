import { data, type MiddlewareFunction } from "react-router";
import { identify } from "#app/auth/sessions.server.ts";
import { viewerContext } from "#app/auth/viewer.ts";
import { closedInGlassBox, isImpersonated, isOpenInGlassBox } from "#app/impersonation/glass-box.ts";
import { unreadContext } from "#app/notifications/unread.ts";

/**
 * Sets the viewer. A banned person gets the ban's page for every address but those for going, sign-out and the end of
 * mails; pictures and the answers for machines, which are the same for everyone, they get as a visitor does.
 * An admin who sees the site as somebody else reads, and only what is open in the glass box.
 */
export const identifyViewer: MiddlewareFunction<Response> = async ({ request, context, url, pattern }) => {
  const { viewer, ban, unread } = await identify(request);
  if (ban && !isOpenToAll(url.pathname)) throw data({ ban }, { status: 403, statusText: "Banned" });
  context.set(viewerContext, viewer);
  context.set(unreadContext, unread);
  if (isImpersonated(viewer) && !isOpenInGlassBox(request.method, pattern)) throw closedInGlassBox(viewer);
};

/** In every spelling that the router takes for the same address. */
function isOpenToAll(pathname: string): boolean {
  const path = pathname.toLowerCase().replace(/(?<=.)\/+$/, "");
  return path === "/sign-out" || path === "/unsubscribe" || path === "/healthz" || path.startsWith("/media/");
}
