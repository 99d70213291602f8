import { data, href, redirect } from "react-router";
import { z } from "zod";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { markAllRead } from "#app/notifications/notifications.server.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/read-all";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

const untilSchema = z.iso.datetime().transform((text) => new Date(text));

/** Marks as read what was on the page or behind it; what came since stays unread. */
export async function action({ request, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const until = untilSchema.safeParse((await readForm(request)).get("until"));
  if (!until.success) throw data(null, { status: 400, statusText: "Bad Request" });
  await markAllRead(viewer, until.data);
  return redirect(href("/notifications"));
}
