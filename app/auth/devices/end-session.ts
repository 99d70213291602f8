import { data, href, redirect } from "react-router";
import { z } from "zod";
import { factsOf } from "#app/auth/browser.server.ts";
import { endDevice } from "#app/auth/devices/devices.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/end-session";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

export async function action({ request, params, context }: Route.ActionArgs) {
  const id = z.uuid().safeParse(params.sessionId);
  const ended = id.success && (await endDevice(viewerOf(context), id.data, factsOf(request)));
  if (!ended) throw data(null, { status: 404, statusText: "Not Found" });
  return redirect(`${href("/settings/sessions")}?ended`);
}
