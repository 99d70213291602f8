import { parseWithZod } from "@conform-to/zod/v4";
import { data, redirect } from "react-router";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { findCase } from "#app/reports/queue/case.server.ts";
import { casePath, parseQueueFilter } from "#app/reports/queue/queue-filter.ts";
import { assignCase } from "#app/reports/queue/work.server.ts";
import { assignmentForm } from "#app/reports/queue/work.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/assignment";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireModerator];

export async function action({ request, params, context, url }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const { shown } = await findCase(viewer, params.reportId);
  const submission = parseWithZod(await readForm(request), { schema: assignmentForm });
  if (submission.status !== "success") throw data(null, { status: 400, statusText: "Bad Request" });
  const { on, from } = submission.value;
  const done = await assignCase(viewer, shown.id, { on: on === "true", from });
  return redirect(casePath(params.reportId, parseQueueFilter(url.searchParams), done ? {} : { late: "true" }));
}
