import { getInputProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { href, redirect } from "react-router";
import { z } from "zod";
import { factsOf } from "#app/auth/browser.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { recoveryHours } from "#app/auth/recovery/factor-recovery.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid } from "#app/moderation/act-answers.ts";
import { reasonForm } from "#app/moderation/moderation.ts";
import { readForm } from "#app/server/form.server.ts";
import { changeSiteSetting } from "#app/site/change-setting.server.ts";
import { NumberField, SettingPage } from "#app/site/setting-page.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import type { Route } from "./+types/site-rules";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin, requireFreshProof];

const days = "A whole number of days, 0 to 90.";

/** A box that is not ticked is not sent. */
const rulesForm = z.object({
  factorRecovery: z.literal("true").optional(),
  staffSecondFactor: z.literal("true").optional(),
  staffGraceDays: z.coerce.number(days).int(days).min(0, days).max(90, days),
  ...reasonForm.shape,
});

export async function loader() {
  return { rules: await findSiteSetting("signIn") };
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: rulesForm });
  if (submission.status !== "success") return invalid(submission);
  const { reason, staffGraceDays, ...ticked } = submission.value;
  const staffSecondFactor = ticked.staffSecondFactor === "true";
  await changeSiteSetting(
    viewerOf(context),
    "signIn",
    {
      value: (from) => ({
        factorRecovery: ticked.factorRecovery === "true",
        staffSecondFactor,
        staffGraceDays,
        // Other days of grace do not begin it anew.
        staffSecondFactorSince: staffSecondFactor ? (from.staffSecondFactorSince ?? new Date().toISOString()) : null,
      }),
      reason,
    },
    factsOf(request),
  );
  return redirect(`${href("/admin/settings")}?saved=sign-in`);
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Second factors on this site", matches);

export default function SiteRules({ loaderData: { rules }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "sign-in-rules",
    lastResult: actionData?.lastResult,
    defaultValue: {
      factorRecovery: rules.factorRecovery ? "true" : "",
      staffSecondFactor: rules.staffSecondFactor ? "true" : "",
      staffGraceDays: String(rules.staffGraceDays),
      reason: "",
    },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: rulesForm }),
    shouldRevalidate: "onInput",
  });
  const { key: recoveryKey, ...recovery } = getInputProps(fields.factorRecovery, { type: "checkbox", value: "true" });
  const { key: staffKey, ...staff } = getInputProps(fields.staffSecondFactor, { type: "checkbox", value: "true" });
  return (
    <SettingPage title="Second factors on this site" form={form} reason={fields.reason}>
      <label className="check">
        <input key={recoveryKey} {...recovery} />
        <span>{`Who has lost their second factor can have it taken off after ${recoveryHours} hours, unless they stop it by mail or on a device`}</span>
      </label>
      <label className="check">
        <input key={staffKey} {...staff} />
        <span>Moderators and admins need a second factor for their work, and do not get rid of it by waiting</span>
      </label>
      <NumberField
        field={fields.staffGraceDays}
        label="Days of grace"
        hint="So long they can do without, from now or from when they got their role. 0 to 90."
        autoFocus={Boolean(fields.staffGraceDays.errors)}
      />
    </SettingPage>
  );
}
