import { getInputProps, getTextareaProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { href, redirect } from "react-router";
import { aboutForm } from "#app/about/about-form.ts";
import { forgetSiteFacts } from "#app/about/site-facts.server.ts";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid } from "#app/moderation/act-answers.ts";
import { reasonForm } from "#app/moderation/moderation.ts";
import { readForm } from "#app/server/form.server.ts";
import { changeSiteSetting } from "#app/site/change-setting.server.ts";
import { SettingPage, WhatWillHappen } from "#app/site/setting-page.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { Field, TextField } from "#app/ui/field.tsx";
import type { Route } from "./+types/change";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

const changeForm = aboutForm.extend(reasonForm.shape);

export async function loader() {
  return { about: await findSiteSetting("about") };
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: changeForm });
  if (submission.status !== "success") return invalid(submission);
  const { reason, ...value } = submission.value;
  await changeSiteSetting(viewerOf(context), "about", { value, reason }, factsOf(request));
  forgetSiteFacts();
  return redirect(`${href("/admin/settings")}?saved=about`);
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `What the site says of itself · ${root.loaderData.siteName}` }];
}

export default function ChangeAbout({ loaderData: { about }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "about",
    lastResult: actionData?.lastResult,
    defaultValue: { ...about, reason: "" },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: changeForm }),
    shouldRevalidate: "onInput",
  });
  const { key: descriptionKey, ...description } = getTextareaProps(fields.description);
  const { key: contactKey, ...contact } = getInputProps(fields.contact, { type: "email" });
  return (
    <SettingPage
      title="What the site says of itself"
      before={
        <WhatWillHappen>
          <li>It stands at the foot of every page and on the page about the site, for everyone, at once.</li>
          <li>Whoever is banned is shown the address too.</li>
        </WhatWillHappen>
      }
      form={form}
      reason={fields.reason}
    >
      <TextField
        key={descriptionKey}
        label="Description"
        hint="A sentence or two, at most 300 characters."
        {...description}
        rows={3}
        autoFocus={Boolean(fields.description.errors)}
        errors={fields.description.errors}
      />
      <Field
        key={contactKey}
        label="Address to write to"
        hint="Everyone sees it. Leave it empty for none."
        {...contact}
        autoComplete="off"
        autoFocus={Boolean(fields.contact.errors)}
        errors={fields.contact.errors}
      />
    </SettingPage>
  );
}
