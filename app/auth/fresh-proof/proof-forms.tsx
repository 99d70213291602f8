import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form, href } from "react-router";
import { CodeField } from "#app/auth/code-field.tsx";
import { codeForm } from "#app/auth/entry-forms.ts";
import { passwordProofForm } from "#app/auth/fresh-proof/fresh-proof.ts";
import { PasswordField } from "#app/auth/password/password-field.tsx";
import type { ProviderChoice } from "#app/auth/providers/provider.ts";
import { secondFactorForm } from "#app/auth/two-factor/two-factor.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";

interface ProofFormProps {
  /** where the person was going */
  redirectTo: string;
  lastResult?: SubmissionResult<string[]>;
}

export function ByPassword({ redirectTo, lastResult }: ProofFormProps) {
  const [form, fields] = useForm({
    id: "by-password",
    lastResult,
    constraint: getZodConstraint(passwordProofForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: passwordProofForm }),
  });
  return (
    <Form method="post" action={href("/confirm/password")} className="form" {...getFormProps(form)}>
      <FormErrors id={form.errorId} errors={form.errors} />
      <input type="hidden" name="redirectTo" value={redirectTo} />
      <PasswordField field={fields.password} autoComplete="current-password" autoFocus />
      <SubmitButton busyText="Checking">Go on</SubmitButton>
    </Form>
  );
}

export function BySecondFactor({ redirectTo, lastResult }: ProofFormProps) {
  const [form, fields] = useForm({
    id: "by-second-factor",
    lastResult,
    constraint: getZodConstraint(secondFactorForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: secondFactorForm }),
  });
  return (
    <Form method="post" action={href("/confirm/second-factor")} className="form" {...getFormProps(form)}>
      <FormErrors id={form.errorId} errors={form.errors} />
      <input type="hidden" name="redirectTo" value={redirectTo} />
      <CodeField
        field={fields.code}
        hint="What your authenticator app shows now, or one of your backup codes."
        autoFocus
        orBackupCode
      />
      <SubmitButton busyText="Checking">Go on</SubmitButton>
    </Form>
  );
}

export function ByProvider({ redirectTo, choice: { key, name } }: { redirectTo: string; choice: ProviderChoice }) {
  return (
    <Form method="post" action={href("/confirm/with/:provider", { provider: key })} className="form" reloadDocument>
      <input type="hidden" name="redirectTo" value={redirectTo} />
      <SubmitButton>{`Show it with ${name}`}</SubmitButton>
    </Form>
  );
}

export function ByMailedCode({ redirectTo, lastResult }: ProofFormProps) {
  const [form, fields] = useForm({
    id: "by-code",
    lastResult,
    constraint: getZodConstraint(codeForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: codeForm }),
  });
  return (
    <Form method="post" action={href("/confirm/code")} className="form" {...getFormProps(form)}>
      <FormErrors id={form.errorId} errors={form.errors} />
      <input type="hidden" name="redirectTo" value={redirectTo} />
      <CodeField field={fields.code} hint="Six digits, from the mail that we have just sent you." autoFocus />
      <SubmitButton busyText="Checking">Go on</SubmitButton>
    </Form>
  );
}
