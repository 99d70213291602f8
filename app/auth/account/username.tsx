import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { holdDays, renameEveryDays, renameForm } from "#app/auth/account/account.ts";
import { nextRenameAt, rename } from "#app/auth/account/rename.server.ts";
import { factsOf } from "#app/auth/browser.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { UsernameField } from "#app/auth/username-field.tsx";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/username";

export const middleware: Route.MiddlewareFunction[] = [requireViewer, requireFreshProof];

export async function loader({ context }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  return { username: viewer.username, next: await nextRenameAt(viewer) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: renameForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  const problem = await rename(viewerOf(context), submission.value.username, factsOf(request));
  if (!problem) return redirect(`${href("/settings/account")}?done=username`);
  return data({ lastResult: submission.reply({ fieldErrors: { username: [problem] } }) }, { status: 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Username", matches);

export default function Username({ loaderData: { username, next }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "rename",
    lastResult: actionData?.lastResult,
    defaultValue: { username },
    constraint: getZodConstraint(renameForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: renameForm }),
    shouldRevalidate: "onInput",
  });
  return (
    <SettingsPage title="Change your username">
      <p>
        The former one leads to you, and is nobody else's for {holdDays} days. You can choose another one every{" "}
        {renameEveryDays} days; capital letters may change at any time.
      </p>
      {next && <p className="notice">You can choose another one from {fullDate(next)} on.</p>}
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <UsernameField
          field={fields.username}
          name=""
          suggestions={[]}
          onPick={(picked) => form.update({ name: "username", value: picked })}
          autoFocus={Boolean(fields.username.errors)}
        />
        <SubmitButton busyText="Saving">Change it</SubmitButton>
      </Form>
    </SettingsPage>
  );
}
