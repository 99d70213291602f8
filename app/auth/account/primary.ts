import { data, href, redirect } from "react-router";
import { z } from "zod";
import { makePrimary } from "#app/auth/account/addresses.server.ts";
import { factsOf } from "#app/auth/browser.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/primary";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer, requireFreshProof];

export async function action({ request, params, context }: Route.ActionArgs) {
  const id = z.uuid().safeParse(params.addressId);
  const done = id.success && (await makePrimary(viewerOf(context), id.data, factsOf(request)));
  if (!done) throw data(null, { status: 404, statusText: "Not Found" });
  return redirect(`${href("/settings/account")}?done=primary`);
}
