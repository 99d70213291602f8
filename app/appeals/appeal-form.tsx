import { getFormProps, getTextareaProps, type SubmissionResult, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form, href } from "react-router";
import { appealForm, longestAppeal, soloDays } from "#app/appeals/appeal.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors, TextField } from "#app/ui/field.tsx";

/** What happens to an appeal, and its text. */
export function AppealForm({
  actionId,
  lastResult,
}: {
  actionId: string;
  lastResult?: SubmissionResult<string[]> | null;
}) {
  const [form, fields] = useForm({
    id: "appeal",
    lastResult,
    constraint: getZodConstraint(appealForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: appealForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...body } = getTextareaProps(fields.body);
  return (
    <>
      <ul className="act-effects">
        <li>Somebody who had no part in this decision reads it, with your words, and answers you.</li>
        <li>If they grant it, everything is as it would be had the decision never been made.</li>
        <li>You appeal once. Until you are answered, the decision stands.</li>
        <li>{`Where nobody else can answer, an admin does, after ${soloDays} days.`}</li>
      </ul>
      <Form
        method="post"
        action={href("/decisions/:actionId/appeal", { actionId })}
        className="form"
        {...getFormProps(form)}
      >
        <FormErrors id={form.errorId} errors={form.errors} />
        <TextField
          key={key}
          label="What is wrong with this decision?"
          hint="Only moderators read it."
          {...body}
          rows={6}
          maxLength={longestAppeal}
          errors={fields.body.errors}
          autoFocus={Boolean(fields.body.errors)}
        />
        <p className="actions">
          <SubmitButton busyText="Sending">Appeal</SubmitButton>
        </p>
      </Form>
    </>
  );
}
