import { parseWithZod } from "@conform-to/zod/v4";
import { data, href, redirect } from "react-router";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { spendOrSay } from "#app/middleware/spend-or-say.ts";
import { aReported, reportForm } from "#app/reports/report.ts";
import { ReportPage } from "#app/reports/report-page.tsx";
import { addressOf, findReported } from "#app/reports/reported.server.ts";
import { report } from "#app/reports/reports.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import type { Route } from "./+types/new";

/* One page for the report of a post, of a comment and of a person. */

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ params, context }: Route.LoaderArgs) {
  const [reported, { list: rules }] = await Promise.all([
    findReported(viewerOf(context), params),
    findSiteSetting("rules"),
  ]);
  const { kind, snapshot, reportedAt } = reported;
  const backTo = addressOf(reported);
  return { kind, snapshot: { ...snapshot, body: snapshot.body.slice(0, 280) }, reportedAt, rules, backTo };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  await findReported(viewer, params);
  const { list } = await findSiteSetting("rules");
  const submission = parseWithZod(await readForm(request), { schema: reportForm(list) });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  const limited = await spendOrSay("report-by-user", viewer.id);
  if (limited) return data({ lastResult: submission.reply({ formErrors: [limited.message] }) }, limited.init);
  const outcome = await report(viewer, params, submission.value);
  return redirect(`${href("/settings/reports")}?${outcome}`);
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  const words = loaderData ? `Report ${aReported(loaderData.kind)}` : "Not found";
  return [{ title: `${words} · ${root.loaderData.siteName}` }];
}

export default function New({ loaderData, actionData }: Route.ComponentProps) {
  return <ReportPage {...loaderData} lastResult={actionData?.lastResult} />;
}
