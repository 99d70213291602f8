import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { addAddressForm } from "#app/auth/account/account.ts";
import { requestAddress } from "#app/auth/account/addresses.server.ts";
import { browserOf } from "#app/auth/browser.server.ts";
import { joinCookie, readJoinToken } from "#app/auth/join-cookie.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { disposableProblem } from "#app/auth/strangers/disposable.server.ts";
import { domainProblem } from "#app/exclusions/exclusions.server.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors } from "#app/ui/field.tsx";
import type { Route } from "./+types/add-address";

export const middleware: Route.MiddlewareFunction[] = [requireViewer, requireFreshProof];

export function loader() {
  return null;
}

export async function action({ request }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: addAddressForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  const { email } = submission.value;
  const problem = (await domainProblem(email)) ?? (await disposableProblem(email));
  if (problem) return data({ lastResult: submission.reply({ fieldErrors: { email: [problem] } }) }, { status: 400 });
  const token = await requestAddress(email, readJoinToken(request), browserOf(request));
  return redirect(href("/settings/account/addresses/code"), { headers: { "Set-Cookie": joinCookie(token) } });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Add an address", matches);

export default function AddAddress({ actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "add-address",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(addAddressForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: addAddressForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...input } = getInputProps(fields.email, { type: "email" });
  return (
    <SettingsPage title="Add an address">
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field
          key={key}
          label="E-mail address"
          hint="We mail a code there, to see that it is yours."
          {...input}
          autoComplete="email"
          autoFocus={Boolean(fields.email.errors)}
          errors={fields.email.errors}
        />
        <SubmitButton busyText="Sending the code">Send the code</SubmitButton>
      </Form>
    </SettingsPage>
  );
}
