import { getFormProps, getInputProps, getSelectProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { type MailFrequency, mailFrequencies, notificationKinds } from "#app/notifications/notification.ts";
import { findSettings, saveSettings } from "#app/notifications/settings.server.ts";
import { kindWords, settingsForm, valuesOf } from "#app/notifications/settings-form.ts";
import { readForm } from "#app/server/form.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors, SelectField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/settings";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  return { settings: await findSettings(viewerOf(context)), saved: url.searchParams.has("saved") };
}

export async function action({ request, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const submission = parseWithZod(await readForm(request), { schema: settingsForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  await saveSettings(viewer, submission.value);
  return redirect(`${href("/settings/notifications")}?saved`);
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `What you are told · ${root.loaderData.siteName}` }];
}

const frequencyWords: Record<MailFrequency, string> = {
  off: "Never",
  at_once: "At once",
  daily: "Once a day",
  weekly: "Once a week",
};

export default function Settings({ loaderData: { settings, saved }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "telling",
    lastResult: actionData?.lastResult,
    defaultValue: valuesOf(settings),
  });
  const firstWrong = notificationKinds.find((kind) => fields[`mail-${kind}`].errors);
  return (
    <SettingsPage title="What you are told">
      <Form method="post" className="form telling" {...getFormProps(form)}>
        {saved && !actionData && (
          <p className="notice" role="status">
            Saved.{" "}
            <Link className="text-link" to={href("/notifications")}>
              See your notifications
            </Link>
          </p>
        )}
        <FormErrors id={form.errorId} errors={form.errors} />
        {notificationKinds.map((kind) => {
          const { key, ...mail } = getSelectProps(fields[`mail-${kind}`]);
          return (
            <fieldset key={kind} className="telling-kind" aria-describedby={`about-${kind}`}>
              <legend>{kindWords[kind].title}</legend>
              <p id={`about-${kind}`} className="muted">
                {kindWords[kind].hint}
              </p>
              <div className="telling-ways">
                {kind !== "moderation" && <OnSite {...getInputProps(fields[`site-${kind}`], { type: "checkbox" })} />}
                <SelectField
                  key={key}
                  label="By mail"
                  {...mail}
                  autoFocus={firstWrong === kind}
                  errors={fields[`mail-${kind}`].errors}
                >
                  {mailFrequencies.map((frequency) => (
                    <option key={frequency} value={frequency}>
                      {frequencyWords[frequency]}
                    </option>
                  ))}
                </SelectField>
              </div>
            </fieldset>
          );
        })}
        <p className="muted">
          A mail comes only where you have not read it here before. Once a day is at seven in the morning, once a week
          on Monday at seven, by the clock of UTC.
        </p>
        <p>
          <SubmitButton busyText="Saving">Save</SubmitButton>
        </p>
      </Form>
    </SettingsPage>
  );
}

function OnSite({ key, ...input }: ReturnType<typeof getInputProps>) {
  return (
    <label className="check">
      <input key={key} {...input} /> On the site
    </label>
  );
}
