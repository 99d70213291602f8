import { parseWithZod } from "@conform-to/zod/v4";
import { data, href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid, refused } from "#app/moderation/act-answers.ts";
import { bulkButtons, mostCases, parseBulk, sampleDecision } from "#app/reports/queue/bulk-choice.ts";
import { previewBulk } from "#app/reports/queue/bulk-preview.server.ts";
import { BulkPreview } from "#app/reports/queue/bulk-preview.tsx";
import { decisionForm, firstReason } from "#app/reports/queue/decision.ts";
import { DecisionForm } from "#app/reports/queue/decision-form.tsx";
import { parseQueueFilter, queuePath, withFilter } from "#app/reports/queue/queue-filter.ts";
import { settleCases } from "#app/reports/queue/resolve.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/bulk";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ context, url: { searchParams } }: Route.LoaderArgs) {
  const wanted = parseBulk(searchParams.get("decision"), searchParams.getAll("case"));
  const [preview, { list: rules }] = await Promise.all([
    previewBulk(viewerOf(context), wanted),
    findSiteSetting("rules"),
  ]);
  const tooMany = searchParams.getAll("case").length > mostCases;
  return { ...preview, decision: wanted.decision, tooMany, rules, filter: parseQueueFilter(searchParams) };
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const form = await readForm(request);
  const wanted = parseBulk(form.get("bulk"), String(form.get("cases") ?? "").split(","));
  const { will } = await previewBulk(viewer, wanted);
  // What was shown is done, or nothing.
  if (will.length === 0 || will.length < wanted.ids.length) {
    throw data(null, { status: wanted.ids.length === 0 ? 400 : 409, statusText: "The cases have changed" });
  }
  const submission = parseWithZod(form, { schema: decisionForm(sampleDecision(wanted.decision)) });
  if (submission.status !== "success") return invalid(submission);
  const settled = await settleCases(viewer, {
    decisions: new Map(will.map(({ id, decision }) => [id, decision])),
    input: submission.value,
    facts: factsOf(request),
  });
  if (settled.refusal) return refused(submission, settled.refusal);
  const counts = { closed: String(settled.closed.length), proposed: String(settled.proposed.length) };
  return redirect(withFilter(href("/moderation"), parseQueueFilter(url.searchParams), counts));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Several cases · ${root.loaderData.siteName}` }];
}

export default function Bulk({ loaderData, actionData }: Route.ComponentProps) {
  const { decision, will, left, tooMany, rules, filter } = loaderData;
  return (
    <PageColumns>
      <h1 className="page-title">{bulkButtons[decision]}</h1>
      {tooMany && (
        <p className="notice">{`${mostCases} cases at most are decided at once. These are the first ones.`}</p>
      )}
      <BulkPreview decision={decision} will={will} left={left} />
      {will.length === 0 ? (
        <p className="actions">
          <Link className={buttonClass("plain")} to={queuePath(filter)}>
            Back to the cases
          </Link>
        </p>
      ) : (
        <DecisionForm
          decision={sampleDecision(decision)}
          button={bulkButtons[decision]}
          rules={rules}
          first={{ rule: "", reason: firstReason(sampleDecision(decision), undefined) }}
          cancelTo={queuePath(filter)}
          lastResult={actionData?.lastResult}
        >
          <input type="hidden" name="bulk" value={decision} />
          <input type="hidden" name="cases" value={will.map(({ id }) => id).join(",")} />
        </DecisionForm>
      )}
    </PageColumns>
  );
}
