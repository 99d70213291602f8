import { getFormProps, getSelectProps, getTextareaProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import type { ReactNode } from "react";
import { Form } from "react-router";
import { durations, longestReason } from "#app/moderation/moderation.ts";
import { ReasonField, RuleField } from "#app/moderation/reason-field.tsx";
import type { Rule } from "#app/moderation/rule.ts";
import {
  type CaseAct,
  type Decision,
  type DecisionInput,
  decisionButton,
  decisionForm,
  fieldsOf,
  isCaseAct,
} from "#app/reports/queue/decision.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { FormErrors, SelectField, TextField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";

/** The form that closes a case, or several. */
export function DecisionForm({
  decision,
  button = decisionButton(decision),
  rules,
  first,
  cancelTo,
  lastResult,
  children,
}: {
  decision: Decision;
  button?: string;
  rules: Rule[];
  /** what the fields begin with */
  first: { rule: string; reason: string };
  cancelTo: string;
  lastResult?: SubmissionResult<string[]> | null;
  /** hidden fields */
  children?: ReactNode;
}) {
  const schema = decisionForm(decision);
  const asks = fieldsOf(decision);
  const [form, fields] = useForm<DecisionInput>({
    id: "decision",
    lastResult,
    defaultValue: first,
    onValidate: ({ formData }) => parseWithZod(formData, { schema }),
    shouldRevalidate: "onInput",
  });
  const { key: durationKey, ...duration } = getSelectProps(fields.duration);
  const { key: contentKey, ...content } = getSelectProps(fields.content);
  const { key: subjectKey, ...toSubject } = getTextareaProps(fields.wordsToSubject);
  const { key: reportersKey, ...toReporters } = getTextareaProps(fields.wordsToReporters);
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <FormErrors id={form.errorId} errors={form.errors} />
      <input type="hidden" name="decision" value={decision} />
      {children}
      {asks.includes("duration") && (
        <SelectField key={durationKey} label="How long" {...duration} errors={fields.duration.errors}>
          <option value="">Choose how long</option>
          {Object.entries(durations).map(
            ([value, { words }]) =>
              (words || decision === "ban") && (
                <option key={value} value={value}>
                  {words ?? "For good"}
                </option>
              ),
          )}
        </SelectField>
      )}
      {asks.includes("content") && (
        <SelectField key={contentKey} label="What they have written" {...content} errors={fields.content.errors}>
          <option value="kept">Stays</option>
          <option value="hidden">Is removed, all of it</option>
        </SelectField>
      )}
      {asks.includes("rule") && <RuleField field={fields.rule} rules={rules} />}
      <ReasonField
        field={fields.reason}
        hint={
          isCaseAct(decision)
            ? "The person reads it, and so does everybody in the public log, unless you say it to them in other words below."
            : "Moderators and admins read it with the case."
        }
      />
      {asks.includes("wordsToSubject") && (
        <TextField
          key={subjectKey}
          label="In other words to the person"
          hint="Left empty, they read the reason."
          {...toSubject}
          rows={2}
          maxLength={longestReason}
          errors={fields.wordsToSubject.errors}
        />
      )}
      <TextField
        key={reportersKey}
        label="Words to whoever reported it"
        hint="Left empty, they are told how it came out, and nothing more."
        {...toReporters}
        rows={2}
        maxLength={longestReason}
        errors={fields.wordsToReporters.errors}
      />
      <p className="actions act-buttons">
        <Link className={buttonClass("quiet")} to={cancelTo}>
          Cancel
        </Link>
        <SubmitButton kind={isCaseAct(decision) ? "danger" : "primary"} busyText="One moment">
          {button}
        </SubmitButton>
      </p>
    </Form>
  );
}

/** What will happen, in sentences. */
export function decisionEffects(decision: Decision): string[] {
  const closes = "The case is closed, and whoever reported it is told.";
  if (isCaseAct(decision)) return [...acts[decision], "The reports count as right.", closes];
  if (decision === "acted") {
    return ["Nothing is changed: what had to be done is done already.", "The reports count as right.", closes];
  }
  const stays = "Nothing is changed, and the person is told nothing.";
  if (decision === "noted") return [stays, "The reports count neither as right nor as wrong.", closes];
  return [stays, "The reports count as wrong: later ones of the same people weigh less.", closes];
}

const told = "They are told, with the reason, and can appeal once. It can be undone exactly.";

const acts: Record<CaseAct, string[]> = {
  "remove-post": ["Nobody but its author and moderators sees the post any more, nor its comments.", told],
  "remove-comment": ["The comment’s words are seen by its author and moderators alone; the answers to it stay.", told],
  "lock-post": ["The post stays where it is, and nobody comments on it any more.", told],
  warn: ["They are told, with the reason. Nothing else changes; it stays in their record."],
  silence: ["Until then they read, sign in and change their settings, and write nothing.", told],
  ban: ["They are signed out at once everywhere, and every page tells them why and until when.", told],
  "clear-profile": ["Their name becomes “Member”; what they say of themselves and their link go.", told],
  "clear-avatar": ["Their picture is replaced by a drawn one.", told],
};
