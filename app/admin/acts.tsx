import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form, href, redirect } from "react-router";
import { actsAtOnce, momentField, parseSpan, undoSpanForm } from "#app/admin/act-span.ts";
import { findActsToUndo, listActsOf, undoSpan } from "#app/admin/acts.server.ts";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid, refused } from "#app/moderation/act-answers.ts";
import { ModerationRecord } from "#app/moderation/moderation-record.tsx";
import { ReasonField } from "#app/moderation/reason-field.tsx";
import { findSubject } from "#app/moderation/subjects.server.ts";
import { previewUndos } from "#app/moderation/undo-preview.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Field, FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import type { Route } from "./+types/acts";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ params, url }: Route.LoaderArgs) {
  const { id, username } = await findSubject(params.username);
  const span = parseSpan(url.searchParams);
  const page = await listActsOf(id, span, parseCursor(url.searchParams.get("after"), uuid));
  const asked = span.from !== null;
  const seen = asked ? await findActsToUndo(id, span) : [];
  return {
    username,
    ...page,
    from: url.searchParams.get("from"),
    to: url.searchParams.get("to"),
    asked,
    seen,
    changes: seen.length > 0 && seen.length <= actsAtOnce ? await previewUndos(seen) : [],
    undone: url.searchParams.has("undone"),
  };
}

export async function action({ request, params, context, url }: Route.ActionArgs) {
  const { id, username } = await findSubject(params.username);
  const submission = parseWithZod(await readForm(request), { schema: undoSpanForm });
  if (submission.status !== "success") return invalid(submission);
  const { refusal } = await undoSpan(viewerOf(context), id, {
    span: parseSpan(url.searchParams),
    ...submission.value,
    facts: factsOf(request),
  });
  if (refusal) return refused(submission, refusal);
  return redirect(`${href("/admin/users/:username/acts", { username })}?undone`);
}

export function meta({ params, matches: [root] }: Route.MetaArgs) {
  return [{ title: `What @${params.username} did · ${root.loaderData.siteName}` }];
}

export default function Acts({ loaderData, actionData }: Route.ComponentProps) {
  const { username, acts, next, from, to, asked, undone } = loaderData;
  const path = href("/admin/users/:username/acts", { username });
  const search = new URLSearchParams({ ...(from && { from }), ...(to && { to }) });
  return (
    <PageColumns>
      <h1 className="page-title">
        What{" "}
        <Link className="text-link" to={href("/admin/users/:username", { username })}>
          @{username}
        </Link>{" "}
        did
      </h1>
      {undone && (
        <p className="notice" role="status">
          Undone. Each of them is in the log, and can be done again.
        </p>
      )}
      <Form method="get" action={path} className="span-form">
        <Field id="from" name="from" type="datetime-local" label="From (UTC)" defaultValue={momentField(from)} />
        <Field id="to" name="to" type="datetime-local" label="To (UTC)" defaultValue={momentField(to)} />
        <button type="submit" className={buttonClass("plain")}>
          Show this time
        </button>
      </Form>
      {asked && acts.length > 0 && <UndoSpan {...loaderData} lastResult={actionData?.lastResult} />}
      <section className="user-section" aria-labelledby="acts">
        <h2 id="acts">{asked ? "In this time" : "So far"}</h2>
        {acts.length > 0 ? (
          <ModerationRecord
            withUndo
            actions={acts.map((act) => ({
              ...act,
              reason: act.subjectUsername ? `@${act.subjectUsername}: ${act.reason}` : act.reason,
            }))}
          />
        ) : (
          <p className="muted">Nothing.</p>
        )}
        {next && <NextPage href={`${path}?${search}${search.size > 0 ? "&" : ""}after=${next}`} label="Earlier" />}
      </section>
    </PageColumns>
  );
}

/** Exactly what an undo of the whole time would change, and the form. */
function UndoSpan({
  seen,
  changes,
  lastResult,
}: Pick<Route.ComponentProps["loaderData"], "seen" | "changes"> & {
  lastResult: NonNullable<Route.ComponentProps["actionData"]>["lastResult"] | undefined;
}) {
  const [form, fields] = useForm({
    id: "undo-span",
    lastResult,
    constraint: getZodConstraint(undoSpanForm),
    defaultValue: { seen: seen.join(" ") },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: undoSpanForm }),
    shouldRevalidate: "onInput",
  });
  if (seen.length === 0)
    return <p className="act-refusal">Nothing of it stands any more, so there is nothing to undo.</p>;
  if (seen.length > actsAtOnce) {
    return (
      <p className="act-refusal">{`More than ${actsAtOnce} acts stand in this time. Choose a shorter one to undo them.`}</p>
    );
  }
  const { key: _, defaultValue: __, ...hidden } = getInputProps(fields.seen, { type: "hidden" });
  return (
    <section className="user-section" aria-labelledby="undo">
      <h2 id="undo">{seen.length === 1 ? "Undo this act" : `Undo all ${seen.length} acts`}</h2>
      <ul className="act-effects">
        {changes.map((text) => (
          <li key={text}>{text}</li>
        ))}
        <li>All of them are undone, or none. What anybody else did since stays.</li>
        <li>Each person is told, and each undo is a line in the log.</li>
      </ul>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        {/* What was seen stays what was seen: a failed form brings the new acts with it. */}
        <input {...hidden} value={seen.join(" ")} readOnly />
        <ReasonField
          field={fields.reason}
          hint="The people concerned read it, and so does everybody in the public log."
        />
        <p className="actions act-buttons">
          <SubmitButton kind="danger" busyText="Undoing">
            {seen.length === 1 ? "Undo it" : `Undo all ${seen.length}`}
          </SubmitButton>
        </p>
      </Form>
    </section>
  );
}
