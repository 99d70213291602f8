import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid, refused } from "#app/moderation/act-answers.ts";
import { reasonForm } from "#app/moderation/moderation.ts";
import { ModerationRecord } from "#app/moderation/moderation-record.tsx";
import { ReasonField } from "#app/moderation/reason-field.tsx";
import { undoAct } from "#app/moderation/undo.server.ts";
import { previewUndo } from "#app/moderation/undo-preview.server.ts";
import { whatOf } from "#app/reports/queue/case.ts";
import { listClosedBy } from "#app/reports/queue/undoable.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/undo";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params, context }: Route.LoaderArgs) {
  const preview = await previewUndo(params.actionId);
  return { ...preview, closed: await listClosedBy(viewerOf(context), params.actionId) };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const preview = await previewUndo(params.actionId);
  const submission = parseWithZod(await readForm(request), { schema: reasonForm });
  if (submission.status !== "success") return invalid(submission);
  const { refusal } = await undoAct(viewerOf(context), params.actionId, {
    reason: submission.value.reason,
    facts: factsOf(request),
  });
  if (refusal) return refused(submission, refusal);
  if (preview.username) return redirect(href("/admin/users/:username", { username: preview.username }));
  return data({ lastResult: submission.reply({ resetForm: true }) });
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Undo an act · ${root.loaderData.siteName}` }];
}

export default function Undo({ loaderData: { action, changes, username, closed }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "undo",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(reasonForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: reasonForm }),
    shouldRevalidate: "onInput",
  });
  return (
    <PageColumns>
      <h1 className="page-title">Undo an act</h1>
      <ModerationRecord actions={[action]} />
      <h2 className="act-effects-title">What will happen</h2>
      <ul className="act-effects">
        {changes.map((text) => (
          <li key={text}>{text}</li>
        ))}
        {closed.map(({ resolutionId, about, username: whose }) => (
          <li key={resolutionId}>
            The case that it closed ({whatOf(about, whose)}) stays closed, and whoever reported is not told anything.{" "}
            <Link className="text-link" to={href("/moderation/resolutions/:resolutionId/undo", { resolutionId })}>
              Open it again
            </Link>{" "}
            once this is undone, where it has to be decided anew.
          </li>
        ))}
        <li>Everything is as it would be had this never been done. What anybody did since stays.</li>
        <li>An undo can be undone as well.</li>
      </ul>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <ReasonField field={fields.reason} hint="The person reads it, and so does everybody in the public log." />
        <p className="actions act-buttons">
          {username && (
            <Link className={buttonClass("quiet")} to={href("/admin/users/:username", { username })}>
              Cancel
            </Link>
          )}
          <SubmitButton kind="danger" busyText="Undoing">
            Undo
          </SubmitButton>
        </p>
      </Form>
    </PageColumns>
  );
}
