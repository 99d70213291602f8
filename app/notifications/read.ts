import { data, href, redirect } from "react-router";
import { z } from "zod";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { markRead } from "#app/notifications/notifications.server.ts";
import type { Route } from "./+types/read";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

/** Marks one line as read: by its button, or by the script of the page when it is opened. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const id = z.uuid().safeParse(params.notificationId);
  const read = id.success && (await markRead(viewerOf(context), id.data));
  if (!request.headers.get("accept")?.includes("text/html"))
    return Response.json({ read }, { status: read ? 200 : 404 });
  if (!read) throw data(null, { status: 404, statusText: "Not Found" });
  return redirect(href("/notifications"));
}
