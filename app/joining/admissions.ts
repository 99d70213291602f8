import { href, redirect } from "react-router";
import { z } from "zod";
import { factsOf } from "#app/auth/browser.server.ts";
import { admitNext } from "#app/joining/requests.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/admissions";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireAdmin];

/** At most 50 at once; what is no number lets nobody in. */
const countSchema = z.coerce.number().int().min(1).max(50).catch(0);

export async function action({ request, context }: Route.ActionArgs) {
  const count = countSchema.parse((await readForm(request)).get("count"));
  const admitted = count === 0 ? 0 : await admitNext(viewerOf(context), count, factsOf(request));
  return redirect(`${href("/admin/joining")}?done=${admitted}`);
}
