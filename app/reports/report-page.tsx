import { getCollectionProps, getFormProps, getTextareaProps, type SubmissionResult, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form, href } from "react-router";
import type { Rule } from "#app/moderation/rule.ts";
import { aReported, longestNote, type ReportedKind, reportForm, type Snapshot } from "#app/reports/report.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { FormErrors, TextField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullMoment } from "#app/ui/time-ago.tsx";

/** The form of a report: what it is about, what will happen, what is wrong with it. */
export function ReportPage({
  kind,
  snapshot,
  reportedAt,
  rules,
  backTo,
  lastResult,
}: {
  kind: ReportedKind;
  snapshot: Snapshot;
  /** when the viewer reported it, where that is still open */
  reportedAt: string | null;
  rules: Rule[];
  backTo: string;
  lastResult?: SubmissionResult<string[]> | null;
}) {
  return (
    <PageColumns>
      <h1 className="page-title">Report {aReported(kind)}</h1>
      <blockquote className="act-thing" dir="auto">
        {snapshot.title && <p className="act-thing-title">{snapshot.title}</p>}
        {snapshot.body && <p>{snapshot.body}</p>}
        <p className="muted">
          <bdi>{snapshot.name}</bdi> @{snapshot.username}
        </p>
      </blockquote>
      {reportedAt ? (
        <>
          <p>
            You reported this on {fullMoment(reportedAt)}, and the moderators have it. Once is enough: they will look at
            it, and you will be told what came of it.
          </p>
          <p className="actions">
            <Link className={buttonClass("plain")} to={href("/settings/reports")}>
              Your reports
            </Link>
            <Link className={buttonClass("quiet")} to={backTo}>
              Back
            </Link>
          </p>
        </>
      ) : (
        <>
          <h2 className="act-effects-title">What will happen</h2>
          <ul className="act-effects">
            <li>Moderators see it as it is now, also if it is changed or deleted afterwards, and your words.</li>
            <li>@{snapshot.username} is not told who reported it.</li>
            <li>You will be told what came of it.</li>
          </ul>
          <ReportForm rules={rules} lastResult={lastResult} backTo={backTo} />
        </>
      )}
    </PageColumns>
  );
}

function ReportForm({
  rules,
  lastResult,
  backTo,
}: {
  rules: Rule[];
  lastResult?: SubmissionResult<string[]> | null;
  backTo: string;
}) {
  const schema = reportForm(rules);
  const [form, fields] = useForm({
    id: "report",
    lastResult,
    constraint: getZodConstraint(schema),
    onValidate: ({ formData }) => parseWithZod(formData, { schema }),
    shouldRevalidate: "onInput",
  });
  const { errors, errorId } = fields.reason;
  const options = getCollectionProps(fields.reason, { type: "radio", options: rules.map(({ key }) => key) });
  const { key: noteKey, ...note } = getTextareaProps(fields.note);
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <FormErrors id={form.errorId} errors={form.errors} />
      <fieldset className="report-rules" aria-describedby={errors ? errorId : undefined}>
        <legend>What is wrong?</legend>
        {options.map(({ key, ...option }, index) => (
          <label key={key} className="report-rule">
            <input {...option} aria-invalid={errors ? true : undefined} />
            <span>
              {rules[index]?.title} <span className="muted">{rules[index]?.text}</span>
            </span>
          </label>
        ))}
        {errors && (
          <p id={errorId} className="field-error">
            {errors.join(" ")}
          </p>
        )}
      </fieldset>
      <TextField
        key={noteKey}
        label="Note"
        hint="What a moderator should know, if it is not plain to see. Only they read it."
        {...note}
        rows={4}
        maxLength={longestNote}
        errors={fields.note.errors}
      />
      <p className="actions act-buttons">
        <Link className={buttonClass("quiet")} to={backTo}>
          Cancel
        </Link>
        <SubmitButton busyText="Sending">Send report</SubmitButton>
      </p>
    </Form>
  );
}
