import { data } from "react-router";
import { auth } from "#app/auth/better-auth.server.ts";
import type { Route } from "./+types/better-auth-endpoints";

/**
 * Better Auth's endpoints that the site needs. The others would do in several writes, or without our limits and
 * rules, what our own commands do in one, so that they do not exist.
 */
const open = new Set(["ok"]);

export function loader({ request, params }: Route.LoaderArgs) {
  return answer(request, params["*"]);
}

export function action({ request, params }: Route.ActionArgs) {
  return answer(request, params["*"]);
}

function answer(request: Request, endpoint: string): Promise<Response> {
  if (!open.has(endpoint)) throw data(null, { status: 404, statusText: "Not Found" });
  return auth().handler(request);
}
