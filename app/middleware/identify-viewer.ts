import { data, type MiddlewareFunction } from "react-router";
import { identify } from "#app/auth/sessions.server.ts";
import { viewerContext } from "#app/auth/viewer.ts";
import { closedInGlassBox, isImpersonated, isOpenInGlassBox } from "#app/impersonation/glass-box.ts";
import { noUnread, unreadContext } from "#app/notifications/unread.ts";

/**
 * Sets the viewer. A banned person gets the ban's page for every address but those of `openToBanned`; pictures and the
 * answers for machines, which are the same for everyone, they get as a visitor does.
 * An admin who sees the site as somebody else reads, and only what is open in the glass box.
 */
export const identifyViewer: MiddlewareFunction<Response> = async ({ request, context, url, pattern }) => {
  const { viewer, ban, bannedViewer, unread } = await identify(request);
  if (ban) {
    const mayStay = isAmong(openToAll, url.pathname) || (bannedViewer && isAmong(openToBanned, url.pathname));
    if (!mayStay) {
      // The frame around the ban's page is theirs; nothing else runs after this.
      context.set(viewerContext, bannedViewer);
      throw data({ ban }, { status: 403, statusText: "Banned" });
    }
    context.set(viewerContext, isAmong(openToBanned, url.pathname) ? bannedViewer : null);
    context.set(unreadContext, noUnread);
    return;
  }
  context.set(viewerContext, viewer);
  context.set(unreadContext, unread);
  if (isImpersonated(viewer) && !isOpenInGlassBox(request.method, pattern)) throw closedInGlassBox();
};

/** What a banned person may do as themselves: read the decision, pictures included, appeal, take their data, and leave. */
const openToBanned = ["/decisions/*", "/media/*", "/settings/data", "/settings/data/*", "/confirm", "/confirm/*"];
/** What asks nobody who they are. */
const openToAll = ["/sign-out", "/unsubscribe", "/healthz", "/media/*"];

/** In every spelling that the router takes for the same address. */
function isAmong(patterns: string[], pathname: string): boolean {
  const path = pathname.toLowerCase().replace(/(?<=.)\/+$/, "");
  return patterns.some((each) => (each.endsWith("/*") ? path.startsWith(each.slice(0, -1)) : path === each));
}
