import { type FieldMetadata, getSelectProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid } from "#app/moderation/act-answers.ts";
import { readForm } from "#app/server/form.server.ts";
import { changeSiteSetting } from "#app/site/change-setting.server.ts";
import { NumberField, SettingPage, WhatWillHappen } from "#app/site/setting-page.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { gatesForm, numberWords } from "#app/trust/gates-form.ts";
import { SelectField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/change-gates";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

export async function loader() {
  return { gates: await findSiteSetting("gates") };
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: gatesForm });
  if (submission.status !== "success") return invalid(submission);
  const { reason, ...value } = submission.value;
  await changeSiteSetting(viewerOf(context), "gates", { value, reason }, factsOf(request));
  return redirect(`${href("/admin/settings")}?saved=trust`);
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `What new accounts may · ${root.loaderData.siteName}` }];
}

export default function ChangeGates({ loaderData: { gates }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "gates",
    lastResult: actionData?.lastResult,
    defaultValue: { ...gates, reason: "" },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: gatesForm }),
    shouldRevalidate: "onInput",
  });
  const firstWrong = numberWords.find(({ name }) => fields[name].errors)?.name;
  return (
    <SettingPage
      title="What new accounts may"
      before={
        <WhatWillHappen>
          <li>The numbers count from the next text on. What is published already stays.</li>
          <li>
            The page on{" "}
            <Link className="text-link" to={href("/about/trust")}>
              what accounts may
            </Link>{" "}
            shows them to everybody, and each form says which of them concern the person.
          </li>
        </WhatWillHappen>
      }
      form={form}
      reason={fields.reason}
      save="Save the numbers"
    >
      <Choice field={fields.newLinks} label="Links in texts of new accounts" />
      <Choice field={fields.newImages} label="Pictures in texts of new accounts" />
      {numberWords.map(({ name, ...words }) => (
        <NumberField
          key={name}
          field={fields[name]}
          {...words}
          decimal={name === "newReportWeight"}
          autoFocus={firstWrong === name}
        />
      ))}
    </SettingPage>
  );
}

function Choice({ field, label }: { field: FieldMetadata<"yes" | "no">; label: string }) {
  const { key, ...select } = getSelectProps(field);
  return (
    <SelectField key={key} label={label} {...select} errors={field.errors}>
      <option value="yes">Allow them</option>
      <option value="no">Refuse them</option>
    </SelectField>
  );
}
