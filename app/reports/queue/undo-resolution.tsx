import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid, refused } from "#app/moderation/act-answers.ts";
import { ActPage } from "#app/moderation/act-page.tsx";
import { reasonForm } from "#app/moderation/moderation.ts";
import { ReasonField } from "#app/moderation/reason-field.tsx";
import { resolutionWords, whatOf } from "#app/reports/queue/case.ts";
import { undoResolution } from "#app/reports/queue/undo-resolution.server.ts";
import { findUndoable, whyNotUndo } from "#app/reports/queue/undoable.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullMoment } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/undo-resolution";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params, context }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const found = await findUndoable(viewer, params.resolutionId);
  const { kind, reason, createdAt, moderator, about, subject, told, actionId, actionStands } = found;
  const refusal = whyNotUndo(found, viewer);
  return data(
    {
      ...{ kind, reason, moderator, about, subject, told, refusal },
      at: createdAt.toISOString(),
      acted: actionId !== null,
      back: backOf(found, actionStands && refusal?.because === "state"),
    },
    { status: refusal?.because === "authority" ? 403 : 200 },
  );
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const { reportId } = await findUndoable(viewer, params.resolutionId);
  const submission = parseWithZod(await readForm(request), { schema: reasonForm });
  if (submission.status !== "success") return invalid(submission);
  const { refusal } = await undoResolution(viewer, params.resolutionId, submission.value.reason);
  if (refusal) return refused(submission, refusal);
  return redirect(reportId ? href("/moderation/reports/:reportId", { reportId }) : href("/moderation"));
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  const what = loaderData ? `Undo: ${whatOf(loaderData.about, loaderData.subject.username)}` : "Not found";
  return [{ title: `${what} · ${root.loaderData.siteName}` }];
}

export default function UndoResolution({ loaderData, actionData }: Route.ComponentProps) {
  const { kind, reason, moderator, at, about, subject, refusal, back } = loaderData;
  const [form, fields] = useForm({
    id: "undo",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(reasonForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: reasonForm }),
    shouldRevalidate: "onInput",
  });
  return (
    <ActPage
      title={`Open the case again: ${whatOf(about, subject.username)}`}
      subject={subject}
      // A form that was refused says so itself, and keeps what was typed.
      refusal={actionData ? null : refusal}
      back={back}
      effects={<Effects {...loaderData} />}
    >
      <p>
        {moderator ? `@${moderator}` : "Somebody who has left"} closed it {fullMoment(at)}: {resolutionWords[kind]}.
      </p>
      <blockquote className="act-thing" dir="auto">
        {reason}
      </blockquote>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <ReasonField field={fields.reason} hint="Moderators read it, beside the case and in the record." />
        <p className="actions act-buttons">
          <Link className={buttonClass("quiet")} to={back.to}>
            Cancel
          </Link>
          <SubmitButton kind="plain" busyText="Opening it">
            Open the case again
          </SubmitButton>
        </p>
      </Form>
    </ActPage>
  );
}

function Effects({ kind, told, acted }: Route.ComponentProps["loaderData"]) {
  return (
    <>
      <li>The case is open again, with its reports and its weight, and has to be decided anew.</li>
      {acted && <li>The act that went with it is undone already, and stays so.</li>}
      {told > 0 && (
        <li>
          {told === 1
            ? "One person who reported it is told that it is open again."
            : `${told} people who reported it are told that it is open again.`}{" "}
          What they were told before stays.
        </li>
      )}
      {kind !== "noted" && <li>It does not count for or against whoever reported it any more.</li>}
      <li>What was decided stays readable beside the case, with your reason. It is not in the public log.</li>
    </>
  );
}

/** Where it goes on: the act that has to be undone first, the case that is open, or this one. */
function backOf(
  { actionId, againId, reportId }: { actionId: string | null; againId: string | null; reportId: string | null },
  actFirst: boolean,
): { to: string; words: string } {
  if (actFirst && actionId) return { to: href("/moderation/log/:actionId/undo", { actionId }), words: "To the act" };
  if (againId) return { to: href("/moderation/reports/:reportId", { reportId: againId }), words: "To the open case" };
  if (reportId) return { to: href("/moderation/reports/:reportId", { reportId }), words: "Back to the case" };
  return { to: href("/moderation"), words: "All cases" };
}
