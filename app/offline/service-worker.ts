import departingWorker from "#app/offline/departing-worker.js?raw";
import worker from "#app/offline/worker.js?raw";
import { settings } from "#app/server/env.server.ts";
import type { Route } from "./+types/service-worker";

/**
 * The script that keeps pages for reading without a connection. Browsers ask for it at every visit, so that a new one
 * takes over at once, also the one that only says goodbye.
 */
export function loader(_: Route.LoaderArgs) {
  return new Response(settings().offlineReading ? worker : departingWorker, {
    headers: {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "no-cache",
      "Content-Security-Policy": "default-src 'none'; connect-src 'self'",
    },
  });
}
