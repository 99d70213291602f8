import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { addAddress } from "#app/auth/account/addresses.server.ts";
import { browserOf } from "#app/auth/browser.server.ts";
import { CodeField } from "#app/auth/code-field.tsx";
import { findEmailProof } from "#app/auth/email-proofs.server.ts";
import { codeForm } from "#app/auth/entry-forms.ts";
import { expiredJoinCookie, readJoinToken } from "#app/auth/join-cookie.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/prove-address";

export const middleware: Route.MiddlewareFunction[] = [requireViewer, requireFreshProof];

export async function loader({ request }: Route.LoaderArgs) {
  const proof = await findEmailProof(readJoinToken(request));
  return { email: proof?.email ?? null };
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: codeForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  const proof = { token: readJoinToken(request), code: submission.value.code };
  const problem = await addAddress(viewerOf(context), proof, browserOf(request));
  if (problem) return data({ lastResult: submission.reply({ fieldErrors: { code: [problem] } }) }, { status: 400 });
  return redirect(`${href("/settings/account")}?done=added`, { headers: { "Set-Cookie": expiredJoinCookie() } });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Enter the code", matches);

export default function ProveAddress({ loaderData: { email }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "code",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(codeForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: codeForm }),
  });
  return (
    <SettingsPage title="Enter the code">
      {email ? <p>We have sent it to {email}. It works for 10 minutes.</p> : <p>A code works for 10 minutes, once.</p>}
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <CodeField field={fields.code} hint="Six digits." autoFocus />
        <SubmitButton busyText="Checking">Add the address</SubmitButton>
      </Form>
      <p className="entry-more">
        <Link className="text-link" to={href("/settings/account/addresses")}>
          Use another address
        </Link>
      </p>
    </SettingsPage>
  );
}
