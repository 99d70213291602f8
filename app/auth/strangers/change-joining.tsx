import { getFormProps, getSelectProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { Form, href, redirect } from "react-router";
import { z } from "zod";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid } from "#app/moderation/act-answers.ts";
import { reasonForm } from "#app/moderation/moderation.ts";
import { ReasonField } from "#app/moderation/reason-field.tsx";
import { readForm } from "#app/server/form.server.ts";
import { changeSiteSetting } from "#app/site/change-setting.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { FormErrors, SelectField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/change-joining";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

const joiningForm = z.object({
  disposable: z.enum(["allow", "refuse"], "Choose one of the two."),
  ...reasonForm.shape,
});

export async function loader() {
  return { joining: await findSiteSetting("joining") };
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: joiningForm });
  if (submission.status !== "success") return invalid(submission);
  const { reason, ...value } = submission.value;
  await changeSiteSetting(viewerOf(context), "joining", { value, reason }, factsOf(request));
  return redirect(`${href("/admin/settings")}?saved=joining`);
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Who may join · ${root.loaderData.siteName}` }];
}

export default function ChangeJoining({ loaderData: { joining }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "joining",
    lastResult: actionData?.lastResult,
    defaultValue: { ...joining, reason: "" },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: joiningForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...disposable } = getSelectProps(fields.disposable);
  return (
    <PageColumns>
      <h1 className="page-title">Who may join</h1>
      <h2 className="act-effects-title">What will happen if such addresses are refused</h2>
      <ul className="act-effects">
        <li>Nobody new joins with one, and nobody adds one: the form says why.</li>
        <li>Members who have one keep it. On a new device they sign in by password or passkey, not by a code.</li>
      </ul>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <SelectField
          key={key}
          label="Addresses at mailboxes to throw away"
          hint="Domains of mailboxes that are open to anyone, or gone after an hour."
          {...disposable}
          autoFocus={Boolean(fields.disposable.errors)}
          errors={fields.disposable.errors}
        >
          <option value="allow">Allow them</option>
          <option value="refuse">Refuse them</option>
        </SelectField>
        <ReasonField field={fields.reason} hint="It stays in the site's records." />
        <p className="actions">
          <Link className={buttonClass("quiet")} to={href("/admin/settings")}>
            Cancel
          </Link>
          <SubmitButton busyText="Saving">Save</SubmitButton>
        </p>
      </Form>
    </PageColumns>
  );
}
