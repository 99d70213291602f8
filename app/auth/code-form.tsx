import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form } from "react-router";
import { CodeField } from "#app/auth/code-field.tsx";
import { codeForm } from "#app/auth/entry-forms.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";

interface CodeFormProps {
  email: string;
  /** whether this is not the first code */
  again: boolean;
  lastResult: SubmissionResult<string[]> | undefined;
  step?: 2;
  /** where another code is asked for, and another address is given */
  anew: { action: string; otherAddress: string };
  /** when the page was shown; see strangers.server */
  shown: string;
  redirectTo?: string;
}

/** The page on which the mailed code is typed. */
export function CodeForm({ email, again, lastResult, step, anew, shown, redirectTo }: CodeFormProps) {
  const [form, fields] = useForm({
    id: "code",
    lastResult,
    constraint: getZodConstraint(codeForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: codeForm }),
  });
  const target = redirectTo !== undefined && <input type="hidden" name="redirectTo" value={redirectTo} />;
  return (
    <EntryPage
      title="Enter the code"
      {...(step && { step })}
      lead={
        <p>
          {again ? "A new one is on its way to " : "We have sent it to "}
          <span className="entry-address">{email}</span>. It works for 10 minutes, in this browser.{" "}
          {again ? "The former one does not work any more." : "If nothing comes, look among the unwanted mail."}
        </p>
      }
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        {target}
        <CodeField field={fields.code} hint="Six digits." autoFocus />
        <SubmitButton busyText="Checking">Go on</SubmitButton>
      </Form>
      <div className="entry-more">
        <Form method="post" action={anew.action}>
          <input type="hidden" name="shown" value={shown} />
          <input type="hidden" name="email" value={email} />
          <input type="hidden" name="again" value="true" />
          {target}
          <button type="submit" className="text-link link-button">
            Send a new code
          </button>
        </Form>
        <p>
          <Link className="text-link" to={anew.otherAddress}>
            Use another address
          </Link>
        </p>
      </div>
    </EntryPage>
  );
}
