import { parseWithZod } from "@conform-to/zod/v4";
import { data, href, redirect } from "react-router";
import { appealForm } from "#app/appeals/appeal.ts";
import { AppealForm } from "#app/appeals/appeal-form.tsx";
import { appealAgainst } from "#app/appeals/appeals.server.ts";
import { decisionTitle } from "#app/appeals/decision-title.tsx";
import { findDecision } from "#app/appeals/decisions.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/make";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

/** Where the form is shown again that did not hold; whoever may not appeal reads the decision. */
export async function loader({ params, context }: Route.LoaderArgs) {
  return findDecision(viewerOf(context), params.actionId);
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  await findDecision(viewer, params.actionId);
  const submission = parseWithZod(await readForm(request), { schema: appealForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  const problem = await appealAgainst(viewer, params.actionId, submission.value.body);
  if (problem) return data({ lastResult: submission.reply({ formErrors: [problem] }) }, { status: 409 });
  return redirect(`${href("/decisions/:actionId", params)}#your-appeal`);
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Appeal · ${root.loaderData.siteName}` }];
}

export default function Make({ loaderData: decision, actionData }: Route.ComponentProps) {
  return (
    <PageColumns>
      <p className="back-link">
        <Link className="text-link" to={href("/decisions/:actionId", { actionId: decision.id })}>
          {decisionTitle(decision)}
        </Link>
      </p>
      <h1 className="page-title">Appeal</h1>
      {decision.mayAppeal || actionData ? (
        <AppealForm actionId={decision.id} lastResult={actionData?.lastResult} />
      ) : (
        <p>There is nothing to appeal against here, or you have done it already.</p>
      )}
    </PageColumns>
  );
}
