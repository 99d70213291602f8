import { type HeadersArgs, href } from "react-router";
import { titled } from "#app/auth/page-title.ts";
import { departFrom } from "#app/auth/providers/departing.server.ts";
import { DeparturePage } from "#app/auth/providers/departure-page.tsx";
import { ProblemPage } from "#app/auth/providers/problem-page.tsx";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/link";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer, requireFreshProof];

export function action({ params, context }: Route.ActionArgs) {
  const redirectTo = href("/settings/security/providers");
  return departFrom(params.provider, { purpose: "link", redirectTo, userId: viewerOf(context).id });
}

export function headers({ actionHeaders }: HeadersArgs) {
  return actionHeaders;
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Linked sites", matches);

export default function Link({ actionData }: Route.ComponentProps) {
  if (!actionData) return null;
  const { name, address, problem } = actionData;
  if (problem) return <ProblemPage problem={problem} name={name} signedIn />;
  return <DeparturePage name={name} address={address ?? ""} />;
}
