import { parseWithZod } from "@conform-to/zod/v4";
import { data, href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid, refused } from "#app/moderation/act-answers.ts";
import { ActPage } from "#app/moderation/act-page.tsx";
import { whyNot } from "#app/moderation/policy.ts";
import { findSubject } from "#app/moderation/subjects.server.ts";
import { findCase } from "#app/reports/queue/case.server.ts";
import { whatOf } from "#app/reports/queue/case.ts";
import {
  decisionButton,
  decisionForm,
  firstReason,
  isCaseAct,
  isOnPerson,
  parseDecision,
} from "#app/reports/queue/decision.ts";
import { DecisionForm, decisionEffects } from "#app/reports/queue/decision-form.tsx";
import { formatPlace } from "#app/reports/queue/queue.server.ts";
import { casePath, parseQueueFilter, withFilter } from "#app/reports/queue/queue-filter.ts";
import { settleCases } from "#app/reports/queue/resolve.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import type { Route } from "./+types/resolution";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const { shown } = await findCase(viewer, params.reportId);
  const decision = parseDecision(url.searchParams.get("decision"), shown.kind) ?? "noted";
  const [subject, { list: rules }] = await Promise.all([
    // Whoever has left has no page and no username to be found by.
    shown.subject.gone ? { ...shown.subject, sessionCount: 0 } : findSubject(shown.subject.username),
    findSiteSetting("rules"),
  ]);
  const closed = { because: "state", text: "This case is closed." } as const;
  const gone = { because: "state", text: "They have left, and nothing is done to them any more." } as const;
  const refusal =
    (shown.closed && closed) ||
    (shown.subject.gone && isOnPerson(decision) && gone) ||
    (isCaseAct(decision) ? whyNot(decision, viewer, subject) : null);
  const { kind, rule, assignment } = shown;
  const reason = firstReason(
    decision,
    rules.find(({ key }) => key === rule),
  );
  const filter = parseQueueFilter(url.searchParams);
  return { kind, subject, decision, refusal, rules, rule, reason, assignment, filter };
}

export async function action({ request, params, context, url }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const { shown } = await findCase(viewer, params.reportId);
  const form = await readForm(request);
  const decision = parseDecision(form.get("decision") ?? url.searchParams.get("decision"), shown.kind);
  if (!decision) throw data(null, { status: 400, statusText: "Bad Request" });
  const submission = parseWithZod(form, { schema: decisionForm(decision) });
  if (submission.status !== "success") return invalid(submission);
  const settled = await settleCases(viewer, {
    decisions: new Map([[shown.id, decision]]),
    input: submission.value,
    facts: factsOf(request),
  });
  if (settled.refusal) return refused(submission, settled.refusal);
  const done = { done: params.reportId, after: formatPlace(shown) };
  return redirect(withFilter(href("/moderation/next"), parseQueueFilter(url.searchParams), done));
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  const words = loaderData
    ? `${decisionButton(loaderData.decision)}: ${whatOf(loaderData.kind, loaderData.subject.username)}`
    : "Not found";
  return [{ title: `${words} · ${root.loaderData.siteName}` }];
}

export default function Resolution({ loaderData, params: { reportId }, actionData }: Route.ComponentProps) {
  const { kind, subject, refusal, rules, rule, reason, assignment, filter } = loaderData;
  // A form that comes back is still about its own decision, whatever the address says.
  const decision = parseDecision(actionData?.lastResult.initialValue?.decision, kind) ?? loaderData.decision;
  const back = casePath(reportId, filter);
  return (
    <ActPage
      title={`${decisionButton(decision)}: ${whatOf(kind, subject.username)}`}
      subject={subject}
      refusal={refusal}
      back={{ to: back, words: "Back to the case" }}
      effects={decisionEffects(decision).map((text) => <li key={text}>{text}</li>)}
    >
      {assignment && !assignment.mine && (
        <p className="notice">
          <strong>@{assignment.username} works on this case.</strong> Ask them before you decide.
        </p>
      )}
      <DecisionForm
        key={decision}
        decision={decision}
        rules={rules}
        first={{ rule, reason }}
        cancelTo={back}
        lastResult={actionData?.lastResult}
      />
    </ActPage>
  );
}
