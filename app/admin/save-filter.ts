import { data, href, redirect } from "react-router";
import { z } from "zod";
import { saveFilter } from "#app/admin/filters.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/save-filter";

export const middleware: Route.MiddlewareFunction[] = [requireModerator, postOnly];

const form = z.object({
  name: z
    .string()
    .trim()
    .max(60)
    .regex(/^\P{Cc}+$/u),
  query: z.string().max(500),
});

export async function action({ request, context }: Route.ActionArgs) {
  const sent = form.safeParse(Object.fromEntries(await readForm(request)));
  if (!sent.success) throw data(null, { status: 400, statusText: "Bad Request" });
  const kept = await saveFilter(viewerOf(context), sent.data.name, sent.data.query);
  const query = new URLSearchParams(sent.data.query);
  query.set("filter", kept ? "saved" : "full");
  return redirect(`${href("/admin/users")}?${query}`);
}
