import { getFormProps, getInputProps, getSelectProps, type SubmissionResult, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form } from "react-router";
import { z } from "zod";
import { type ActKind, actWords, durations, formOf } from "#app/moderation/moderation.ts";
import { ReasonField, RuleField } from "#app/moderation/reason-field.tsx";
import type { Rule } from "#app/moderation/rule.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors, SelectField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";

/** Every field that a form of an act may have; which of them are there, its kind says. */
const anyAct = z.object({
  reason: z.string(),
  rule: z.string().optional(),
  duration: z.string().optional(),
  username: z.string().optional(),
});

/** The form of one act: what its kind asks for, the way out first. */
export function ActForm({
  kind,
  rules,
  lastResult,
  cancelTo,
  defaultUsername,
}: {
  kind: ActKind;
  rules: Rule[];
  lastResult?: SubmissionResult<string[]> | null;
  cancelTo: string;
  /** what the field of a new username begins with */
  defaultUsername?: string;
}) {
  const schema = formOf(kind);
  const asks = Object.keys(schema.shape);
  const [form, fields] = useForm<z.infer<typeof anyAct>>({
    id: kind,
    lastResult,
    constraint: getZodConstraint(schema),
    defaultValue: { username: defaultUsername },
    // What the kind's own form accepts is a part of what any may hold.
    onValidate: ({ formData }) => parseWithZod(formData, { schema: schema as unknown as typeof anyAct }),
    shouldRevalidate: "onInput",
  });
  const { key: durationKey, ...duration } = getSelectProps(fields.duration);
  const { key: usernameKey, ...username } = getInputProps(fields.username, { type: "text" });
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <FormErrors id={form.errorId} errors={form.errors} />
      {asks.includes("username") && (
        <Field
          key={usernameKey}
          label="New username"
          {...username}
          autoCapitalize="none"
          spellCheck={false}
          errors={fields.username.errors}
        />
      )}
      {asks.includes("duration") && (
        <SelectField key={durationKey} label="How long" {...duration} errors={fields.duration.errors}>
          <option value="">Choose how long</option>
          {Object.entries(durations).map(
            ([value, { words }]) =>
              words && (
                <option key={value} value={value}>
                  {words}
                </option>
              ),
          )}
        </SelectField>
      )}
      {asks.includes("rule") && <RuleField field={fields.rule} rules={rules} />}
      <ReasonField field={fields.reason} hint="The person reads it, and so does everybody in the public log." />
      <p className="actions act-buttons">
        <Link className={buttonClass("quiet")} to={cancelTo}>
          Cancel
        </Link>
        <SubmitButton kind="danger" busyText="One moment">
          {actWords[kind].button}
        </SubmitButton>
      </p>
    </Form>
  );
}
