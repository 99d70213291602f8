import { href, redirect } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import type { Route } from "./+types/home";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

/** The first of the staff's pages. */
export function loader() {
  throw redirect(href("/admin/users"));
}

/** Never drawn: it makes this a page, so that being turned away is one too. */
export default function Nothing() {
  return null;
}
