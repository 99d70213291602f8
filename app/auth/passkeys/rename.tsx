import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { z } from "zod";
import { titled } from "#app/auth/page-title.ts";
import { findPasskey, renamePasskey } from "#app/auth/passkeys/own-passkeys.server.ts";
import { renamePasskeyForm } from "#app/auth/passkeys/passkey.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors } from "#app/ui/field.tsx";
import type { Route } from "./+types/rename";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ params, context }: Route.LoaderArgs) {
  const id = z.uuid().safeParse(params.passkeyId);
  const passkey = id.success ? await findPasskey(viewerOf(context), id.data) : null;
  if (!passkey) throw data(null, { status: 404, statusText: "Not Found" });
  return { name: passkey.name };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const id = z.uuid().safeParse(params.passkeyId);
  if (!id.success || !(await findPasskey(viewer, id.data))) throw data(null, { status: 404, statusText: "Not Found" });
  const submission = parseWithZod(await readForm(request), { schema: renamePasskeyForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  await renamePasskey(viewer, id.data, submission.value.name);
  return redirect(`${href("/settings/security/passkeys")}?done=renamed`);
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Rename a passkey", matches);

export default function Rename({ loaderData, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "rename-passkey",
    lastResult: actionData?.lastResult,
    defaultValue: loaderData,
    constraint: getZodConstraint(renamePasskeyForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: renamePasskeyForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...input } = getInputProps(fields.name, { type: "text" });
  return (
    <SettingsPage title="Rename a passkey">
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field
          key={key}
          label="Name"
          hint="Only you see it."
          {...input}
          autoComplete="off"
          autoFocus={Boolean(fields.name.errors)}
          errors={fields.name.errors}
        />
        <SubmitButton busyText="Saving">Save the name</SubmitButton>
      </Form>
    </SettingsPage>
  );
}
