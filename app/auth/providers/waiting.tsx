import { data, href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { endedCeremonyCookie, findCeremony } from "#app/auth/ceremonies.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { linkWaiting } from "#app/auth/providers/linked.server.ts";
import { ProblemPage } from "#app/auth/providers/problem-page.tsx";
import { choiceOf } from "#app/auth/providers/provider-list.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/waiting";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer, requireFreshProof];

export async function action({ request, context }: Route.ActionArgs) {
  const provider = (await findCeremony("provider-newcomer", request))?.state.provider;
  const problem = provider ? await linkWaiting(viewerOf(context), request, factsOf(request)) : "none";
  if (!provider || problem === "none") throw data(null, { status: 404, statusText: "Not Found" });
  const headers = { "Set-Cookie": endedCeremonyCookie("provider-newcomer") };
  if (problem) return data({ problem, name: choiceOf(provider).name }, { status: 400, headers });
  return redirect(`${href("/settings/security/providers")}?done=linked-${provider}`, { headers });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Linked sites", matches);

export default function Waiting({ actionData }: Route.ComponentProps) {
  return actionData ? <ProblemPage {...actionData} signedIn /> : null;
}
