import { href, redirect } from "react-router";
import { requireViewer } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/settings";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

/** The first of the settings' pages. */
export function loader() {
  throw redirect(href("/settings/profile"));
}

/** Never drawn: it makes this a page, so that being turned away is one too. */
export default function Nothing() {
  return null;
}
