import { data, href, redirect } from "react-router";
import { z } from "zod";
import { removeFilter } from "#app/admin/filters.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import type { Route } from "./+types/remove-filter";

export const middleware: Route.MiddlewareFunction[] = [requireModerator, postOnly];

export async function action({ params, context }: Route.ActionArgs) {
  const id = z.uuid().safeParse(params.filterId);
  if (!id.success || !(await removeFilter(viewerOf(context), id.data))) {
    throw data(null, { status: 404, statusText: "Not Found" });
  }
  return redirect(`${href("/admin/users")}?filter=removed`);
}
