import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { changePassword, hasPassword } from "#app/auth/password/change-password.server.ts";
import { changePasswordForm } from "#app/auth/password/password.ts";
import { PasswordField } from "#app/auth/password/password-field.tsx";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import type { Route } from "./+types/change";

export const middleware: Route.MiddlewareFunction[] = [requireViewer, requireFreshProof];

export async function loader({ context }: Route.LoaderArgs) {
  return { hasPassword: await hasPassword(viewerOf(context)) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: changePasswordForm });
  const again = { hideFields: ["currentPassword", "password"] };
  if (submission.status !== "success") return data({ lastResult: submission.reply(again) }, { status: 400 });
  const refusal = await changePassword(viewerOf(context), submission.value, browserOf(request));
  if (!refusal) return redirect(`${href("/settings/security")}?done=password`);
  const fieldErrors = { [refusal.field]: [refusal.message] };
  return data({ lastResult: submission.reply({ ...again, fieldErrors }) }, { status: 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Password", matches);

export default function Change({ loaderData: { hasPassword }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "change-password",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(changePasswordForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: changePasswordForm }),
  });
  return (
    <SettingsPage title={hasPassword ? "Change your password" : "Choose a password"}>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        {hasPassword && (
          <PasswordField
            label="Password now"
            field={fields.currentPassword}
            autoComplete="current-password"
            autoFocus={Boolean(fields.currentPassword.errors)}
          />
        )}
        <PasswordField
          label="New password"
          field={fields.password}
          hint="8 characters or more. A short sentence is good."
          autoComplete="new-password"
          autoFocus={Boolean(fields.password.errors && !fields.currentPassword.errors)}
        />
        <p className="muted">
          You stay signed in here. Every other device is signed out, and we mail you that it happened.
        </p>
        <SubmitButton busyText="Saving">{hasPassword ? "Change the password" : "Set the password"}</SubmitButton>
      </Form>
    </SettingsPage>
  );
}
