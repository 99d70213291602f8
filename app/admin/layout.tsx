import { Outlet } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import type { Route } from "./+types/layout";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

/** Here so that moving between the pages reaches the server, and with it the guard. */
export function loader() {
  return null;
}

export default function AdminLayout() {
  return <Outlet />;
}
