import { href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { endOtherDevices } from "#app/auth/devices/devices.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/end-others";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

export async function action({ request, context }: Route.ActionArgs) {
  await endOtherDevices(viewerOf(context), factsOf(request));
  return redirect(`${href("/settings/sessions")}?ended`);
}
