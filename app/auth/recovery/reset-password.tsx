import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { goOn } from "#app/auth/door.server.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { titled } from "#app/auth/page-title.ts";
import { resetPasswordForm } from "#app/auth/password/password.ts";
import { PasswordField } from "#app/auth/password/password-field.tsx";
import { findPasswordReset, resetPassword } from "#app/auth/recovery/password-resets.server.ts";
import { tokenOf } from "#app/auth/tokens.server.ts";
import { neverCached } from "#app/auth/visitors-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { readForm } from "#app/server/form.server.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/reset-password";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached];

export async function loader({ url }: Route.LoaderArgs) {
  const token = tokenOf(url);
  const reset = token ? await findPasswordReset(token) : null;
  return { username: reset?.username ?? null };
}

export async function action({ request, url }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: resetPasswordForm });
  const again = { hideFields: ["password"] };
  if (submission.status !== "success") return data({ lastResult: submission.reply(again) }, { status: 400 });
  await spend("reset-by-source");
  const token = tokenOf(url);
  const { password } = submission.value;
  const answer = token ? await resetPassword(token, password, browserOf(request)) : ({ is: "over" } as const);
  if (answer.is === "set") return goOn(answer.entry, "/");
  const message = answer.is === "refused" ? answer.message : "This link does not work any more.";
  return data({ lastResult: submission.reply({ ...again, fieldErrors: { password: [message] } }) }, { status: 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Choose a password", matches);

export default function ResetPassword({ loaderData: { username }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "reset-password",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(resetPasswordForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: resetPasswordForm }),
  });
  if (!username) return <Over />;
  return (
    <EntryPage
      title="Choose a new password"
      lead={<p>{`It is for @${username}. You are signed out everywhere else, and signed in here.`}</p>}
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        {/* For password managers: whose password it is. */}
        <input type="text" name="username" defaultValue={username} autoComplete="username" readOnly hidden />
        <PasswordField
          label="New password"
          field={fields.password}
          hint="8 characters or more. A short sentence is good."
          autoComplete="new-password"
          autoFocus
        />
        <SubmitButton busyText="Saving">Set the password</SubmitButton>
      </Form>
    </EntryPage>
  );
}

function Over() {
  return (
    <EntryPage
      title="This link is over"
      lead={<p>A link for a new password works once, for an hour, and a later one ends it.</p>}
    >
      <p className="actions">
        <Link className="button primary" to={href("/forgot-password")}>
          Ask for a new link
        </Link>
      </p>
    </EntryPage>
  );
}
