import { getInputProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { href, redirect } from "react-router";
import { z } from "zod";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid } from "#app/moderation/act-answers.ts";
import { type ActKind, actKinds, actWords, reasonForm } from "#app/moderation/moderation.ts";
import { readForm } from "#app/server/form.server.ts";
import { changeSiteSetting } from "#app/site/change-setting.server.ts";
import { SettingPage, WhatWillHappen } from "#app/site/setting-page.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import type { Route } from "./+types/change-rules-of-work";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

const workForm = z.object({
  approvals: z.array(z.enum(actKinds)).default([]),
  showNames: z.boolean().default(false),
  ...reasonForm.shape,
});

export async function loader() {
  return { moderation: await findSiteSetting("moderation") };
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: workForm });
  if (submission.status !== "success") return invalid(submission);
  const { reason, ...changed } = submission.value;
  // Whatever else the group holds stays.
  const value = (from: Awaited<ReturnType<typeof loader>>["moderation"]) => ({ ...from, ...changed });
  await changeSiteSetting(viewerOf(context), "moderation", { value, reason }, factsOf(request));
  return redirect(`${href("/admin/settings")}?saved=moderation`);
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `How moderators work · ${root.loaderData.siteName}` }];
}

export default function ChangeRulesOfWork({ loaderData: { moderation }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "moderation",
    lastResult: actionData?.lastResult,
    defaultValue: { approvals: moderation.approvals, showNames: moderation.showNames ? "on" : "", reason: "" },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: workForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...showNames } = getInputProps(fields.showNames, { type: "checkbox" });
  const { initialValue } = fields.approvals;
  const chosen = Array.isArray(initialValue) ? initialValue : [initialValue];
  return (
    <SettingPage
      title="How moderators work"
      before={
        <WhatWillHappen>
          <li>
            What you choose below waits for a second moderator, for seven days at most. The others are done at once.
          </li>
          <li>What waits already is not changed. What one admin does to another always waits for a second admin.</li>
          <li>The public log says who acted, or only by which role; the past as well, at once.</li>
        </WhatWillHappen>
      }
      form={form}
      reason={fields.reason}
    >
      <fieldset className="act-choices">
        <legend>Acts that need a second moderator</legend>
        {actKinds.map((kind) => (
          <label key={kind} className="check">
            <input type="checkbox" name={fields.approvals.name} value={kind} defaultChecked={chosen.includes(kind)} />
            <span>{labelOf(kind)}</span>
          </label>
        ))}
      </fieldset>
      <label className="check">
        <input key={key} {...showNames} />
        <span>The public log names the moderators</span>
      </label>
    </SettingPage>
  );
}

/** "Ban", "Remove a comment". */
function labelOf(kind: ActKind): string {
  const { button } = actWords[kind];
  const thing = /-(post|comment)$/.exec(kind)?.[1];
  if (!thing) return button;
  return button.includes(" ") ? `${button}: a ${thing}` : `${button} a ${thing}`;
}
