import { data } from "react-router";
import { openExport } from "#app/exports/exports.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/fetch";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ params, context }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const file = await openExport(viewer, params.exportId);
  if (!file) throw data(null, { status: 404, statusText: "Not Found" });
  const name = `${viewer.username}-${file.madeAt.toISOString().slice(0, 10)}.zip`;
  // Node's type of a web stream lacks what only browsers ask of it.
  return new Response(file.stream as unknown as BodyInit, {
    headers: {
      "Content-Type": "application/zip",
      "Content-Length": String(file.bytes),
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
