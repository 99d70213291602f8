import { data } from "react-router";
import { openStream } from "#app/live/streams.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { isShuttingDown } from "#app/server/readiness.server.ts";
import type { Route } from "./+types/listen";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

/** An endless answer that tells members what changes: server-sent events, see event.ts. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const wantsEvents = request.headers.get("accept")?.includes("text/event-stream");
  if (!wantsEvents || request.method !== "GET" || isData(request)) {
    throw data(null, { status: 406, statusText: "Not Acceptable" });
  }
  if (isShuttingDown()) throw data(null, { status: 503, statusText: "Service Unavailable" });
  const body = await openStream(
    viewer,
    momentOf(request.headers.get("last-event-id") ?? url.searchParams.get("since")),
  );
  if (!body) throw data(null, { status: 401, statusText: "Unauthorized" });
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream",
      // It is the connection's last answer, and a proxy passes on each event as it comes.
      Connection: "close",
      "X-Accel-Buffering": "no",
    },
  });
}

/** Asked for as a page's data, which is waited for until its end. */
function isData(request: Request): boolean {
  return new URL(request.url).pathname.endsWith(".data");
}

/** An event's id, which is its moment; null where there is none or it is none. */
function momentOf(id: string | null): Date | null {
  return id !== null && /^\d{1,13}$/.test(id) ? new Date(Number(id)) : null;
}
