import { data, type HeadersArgs, href, redirect } from "react-router";
import { askedAtConfirm } from "#app/auth/fresh-proof/asked-at-confirm.ts";
import { listProofs } from "#app/auth/fresh-proof/proving.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { departFrom } from "#app/auth/providers/departing.server.ts";
import { DeparturePage } from "#app/auth/providers/departure-page.tsx";
import { ProblemPage } from "#app/auth/providers/problem-page.tsx";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/by-provider";

export const middleware: Route.MiddlewareFunction[] = [requireViewer, askedAtConfirm];

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const redirectTo = redirectTarget((await readForm(request)).get("redirectTo"));
  const { secondFactor, password, providers } = await listProofs(viewer);
  // Being signed in elsewhere is less than a password or a second factor: it stands in only where there is neither.
  if (secondFactor || password) throw redirect(href("/confirm"));
  if (!providers.some(({ key }) => key === params.provider)) throw data(null, { status: 404, statusText: "Not Found" });
  return departFrom(params.provider, { purpose: "proof", redirectTo, userId: viewer.id });
}

export function headers({ actionHeaders }: HeadersArgs) {
  return actionHeaders;
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Is it you?", matches);

export default function Confirm({ actionData }: Route.ComponentProps) {
  if (!actionData) return null;
  const { name, address, problem } = actionData;
  if (problem) return <ProblemPage problem={problem} name={name} signedIn />;
  return <DeparturePage name={name} address={address ?? ""} />;
}
