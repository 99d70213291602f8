import { data, redirectDocument } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { expiredSessionCookie } from "#app/auth/session-cookie.server.ts";
import { endSession } from "#app/auth/sessions.server.ts";
import type { Route } from "./+types/sign-out";

/** A visit changes nothing: only the button's POST signs out. */
export function loader() {
  throw data(null, { status: 405, statusText: "Method Not Allowed", headers: { Allow: "POST" } });
}

export async function action({ request }: Route.ActionArgs) {
  await endSession(request, factsOf(request));
  return redirectDocument("/", { headers: { "Set-Cookie": expiredSessionCookie() } });
}

/** Never drawn: it makes this a page, so that its 405 is one too. */
export default function SignOut() {
  return null;
}
