import { getFormProps, getInputProps, type SubmissionResult, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { takenField } from "#app/auth/create-user.server.ts";
import { goOn } from "#app/auth/door.server.ts";
import { setupForm } from "#app/auth/entry-forms.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { strictly } from "#app/auth/new-member.server.ts";

import { titled } from "#app/auth/page-title.ts";
import { PasswordField } from "#app/auth/password/password-field.tsx";
import { hashPassword } from "#app/auth/password/passwords.server.ts";
import { isSetupOpen, makeFirstAdmin } from "#app/auth/setup.server.ts";
import { isToken } from "#app/auth/tokens.server.ts";
import { UsernameField } from "#app/auth/username-field.tsx";
import { neverCached } from "#app/auth/visitors-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { readForm } from "#app/server/form.server.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { useRootData } from "#app/site/root-data.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors } from "#app/ui/field.tsx";
import type { Route } from "./+types/setup";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached];

export async function loader({ url }: Route.LoaderArgs) {
  await openToken(url);
  return null;
}

export async function action({ request, url }: Route.ActionArgs) {
  const token = await openToken(url);
  const submission = parseWithZod(await readForm(request), { schema: strictly(setupForm) });
  const again = { hideFields: ["password"] };
  if (submission.status !== "success") return failed(submission.reply(again));
  const { email, username, name, password } = submission.value;
  await spend("join-by-source");
  const passwordHash = await hashPassword(password);
  try {
    const entry = await makeFirstAdmin({ token, email, username, name, passwordHash, browser: browserOf(request) });
    if (entry === null) throw notFound();
    return goOn(entry, "/");
  } catch (error) {
    const taken = takenField(error);
    if (!taken) throw error;
    return failed(submission.reply({ ...again, fieldErrors: { [taken.field]: [taken.message] } }));
  }
}

/** The token of the address while it is good. @throws a 404 response for any other: the page is then nowhere */
async function openToken(url: URL): Promise<string> {
  const token = url.searchParams.get("token");
  if (!isToken(token) || !(await isSetupOpen(token))) throw notFound();
  return token;
}

function notFound() {
  return data(null, { status: 404, statusText: "Not Found" });
}

function failed(lastResult: SubmissionResult<string[]>) {
  return data({ lastResult }, { status: 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Set up", matches);

export default function Setup({ actionData }: Route.ComponentProps) {
  const { siteName } = useRootData();
  const [form, fields] = useForm({
    id: "setup",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(setupForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: setupForm }),
    shouldRevalidate: "onInput",
  });
  const { key: emailKey, ...email } = getInputProps(fields.email, { type: "email" });
  const { key: nameKey, ...name } = getInputProps(fields.name, { type: "text" });
  const firstWrong = [fields.email, fields.username, fields.name, fields.password].find((field) => field.errors)?.name;
  return (
    <EntryPage
      title={`Set up ${siteName}`}
      lead={
        <p>
          You become the first admin: you may change roles and ban people. This page closes for good when you are done.
        </p>
      }
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field
          key={emailKey}
          label="E-mail address"
          hint="Look at it twice: codes to come in with are mailed to it."
          {...email}
          autoComplete="email"
          autoFocus={firstWrong === "email"}
          errors={fields.email.errors}
        />
        <UsernameField
          field={fields.username}
          name=""
          suggestions={[]}
          onPick={(username) => form.update({ name: "username", value: username })}
          autoFocus={firstWrong === "username"}
        />
        <Field
          key={nameKey}
          label="Name"
          hint="In any script, as you sign what you write."
          {...name}
          autoComplete="name"
          autoFocus={firstWrong === "name"}
          errors={fields.name.errors}
        />
        <PasswordField
          field={fields.password}
          hint="8 characters or more. A short sentence is good."
          autoComplete="new-password"
          autoFocus={firstWrong === "password"}
        />
        <SubmitButton busyText="Setting up">Become the admin</SubmitButton>
      </Form>
    </EntryPage>
  );
}
