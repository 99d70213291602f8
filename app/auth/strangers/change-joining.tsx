import { getInputProps, getSelectProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { href, redirect } from "react-router";
import { z } from "zod";
import { factsOf } from "#app/auth/browser.server.ts";
import { joiningModeNames, joiningModes, questionSchema } from "#app/joining/joining.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid } from "#app/moderation/act-answers.ts";
import { reasonForm } from "#app/moderation/moderation.ts";
import { readForm } from "#app/server/form.server.ts";
import { changeSiteSetting } from "#app/site/change-setting.server.ts";
import { NumberField, SettingPage } from "#app/site/setting-page.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { Field, SelectField } from "#app/ui/field.tsx";
import type { Route } from "./+types/change-joining";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

const invitesWords = "A whole number, 0 to 1,000.";

const joiningForm = z.object({
  mode: z.enum(joiningModeNames, "Choose one."),
  question: questionSchema,
  invitesPerMember: z.coerce.number(invitesWords).int(invitesWords).min(0, invitesWords).max(1_000, invitesWords),
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
    defaultValue: { ...joining, invitesPerMember: String(joining.invitesPerMember), reason: "" },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: joiningForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...disposable } = getSelectProps(fields.disposable);
  const { key: modeKey, ...mode } = getSelectProps(fields.mode);
  const { key: questionKey, ...question } = getInputProps(fields.question, { type: "text" });
  const firstWrong = [fields.mode, fields.question, fields.invitesPerMember, fields.disposable].find(
    ({ errors }) => errors,
  )?.name;
  return (
    <SettingPage
      title="Who may join"
      before={
        <>
          <h2 className="act-effects-title">What each choice means</h2>
          <ul className="act-effects">
            {joiningModeNames.map((name) => (
              <li key={name}>{`${joiningModes[name].title}. ${joiningModes[name].meaning}`}</li>
            ))}
          </ul>
          <p className="muted invite-about">
            It counts at once, also for those who are on their way. An invite opens everything but “Nobody”. Members are
            not touched.
          </p>
        </>
      }
      form={form}
      reason={fields.reason}
    >
      <SelectField
        key={modeKey}
        label="Who may join"
        {...mode}
        autoFocus={firstWrong === "mode"}
        errors={fields.mode.errors}
      >
        {joiningModeNames.map((name) => (
          <option key={name} value={name}>
            {joiningModes[name].title}
          </option>
        ))}
      </SelectField>
      <Field
        key={questionKey}
        label="Question"
        hint="For those whom you approve."
        {...question}
        autoComplete="off"
        autoFocus={firstWrong === "question"}
        errors={fields.question.errors}
      />
      <NumberField
        field={fields.invitesPerMember}
        label="People whom a member may invite in 30 days"
        hint="0 to 1,000; with 0 only admins invite. Admins are not counted."
        autoFocus={firstWrong === "invitesPerMember"}
      />
      <SelectField
        key={key}
        label="Addresses at mailboxes to throw away"
        hint="Domains of mailboxes that are open to anyone, or gone after an hour. Members who have one keep it, and sign in on a new device by password or passkey, not by a code."
        {...disposable}
        autoFocus={firstWrong === "disposable"}
        errors={fields.disposable.errors}
      >
        <option value="allow">Allow them</option>
        <option value="refuse">Refuse them</option>
      </SelectField>
    </SettingPage>
  );
}
