import { type HeadersArgs, href, redirect } from "react-router";
import { titled } from "#app/auth/page-title.ts";
import { departFrom, namedProvider } from "#app/auth/providers/departing.server.ts";
import { DeparturePage } from "#app/auth/providers/departure-page.tsx";
import { ProblemPage } from "#app/auth/providers/problem-page.tsx";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { neverCached, visitorsOnly } from "#app/auth/visitors-only.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/begin";

export const middleware: Route.MiddlewareFunction[] = [
  neverCached,
  ({ params, request }) => {
    namedProvider(params.provider ?? "");
    if (request.method !== "POST") throw redirect(href("/sign-in"));
  },
  visitorsOnly,
];

export async function action({ request, params }: Route.ActionArgs) {
  const redirectTo = redirectTarget((await readForm(request)).get("redirectTo"));
  return departFrom(params.provider, { purpose: "sign-in", redirectTo, userId: null });
}

export function headers({ actionHeaders }: HeadersArgs) {
  return actionHeaders;
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Sign in", matches);

export default function Begin({ actionData }: Route.ComponentProps) {
  if (!actionData) return null;
  const { name, address, problem } = actionData;
  if (problem) return <ProblemPage problem={problem} name={name} signedIn={false} />;
  return <DeparturePage name={name} address={address ?? ""} />;
}
