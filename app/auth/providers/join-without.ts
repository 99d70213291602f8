import { href, redirect } from "react-router";
import { endedCeremonyCookie } from "#app/auth/ceremonies.server.ts";
import { forgetVouched } from "#app/auth/providers/newcomer.server.ts";
import { visitorsOnly } from "#app/auth/visitors-only.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import type { Route } from "./+types/join-without";

export const middleware: Route.MiddlewareFunction[] = [postOnly, visitorsOnly];

export async function action({ request }: Route.ActionArgs) {
  await forgetVouched(request);
  return redirect(href("/join"), { headers: { "Set-Cookie": endedCeremonyCookie("provider-newcomer") } });
}
