import { getFormProps, getSelectProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { useState } from "react";
import { Form, href } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { actPage } from "#app/moderation/act-answers.ts";
import { actByForm } from "#app/moderation/act-forms.server.ts";
import { ActButtons, ActPage } from "#app/moderation/act-page.tsx";
import { banForm, banWords, durations, isDuration } from "#app/moderation/moderation.ts";
import { whyNot } from "#app/moderation/policy.ts";
import { ReasonField, RuleField } from "#app/moderation/reason-field.tsx";
import { findSubject } from "#app/moderation/subjects.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { FormErrors, SelectField } from "#app/ui/field.tsx";
import type { Route } from "./+types/ban";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params, context }: Route.LoaderArgs) {
  const subject = await findSubject(params.username);
  const { list } = await findSiteSetting("rules");
  return actPage(subject, whyNot("ban", viewerOf(context), subject), list);
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const next = () => href("/admin/users/:username", params);
  return actByForm(viewerOf(context), request, { kind: "ban", target: params, next });
}

export function meta({ params, matches: [root] }: Route.MetaArgs) {
  return [{ title: `Ban @${params.username} · ${root.loaderData.siteName}` }];
}

export default function Ban({ loaderData: { subject, refusal, rules }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "ban",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(banForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: banForm }),
    shouldRevalidate: "onInput",
  });
  // Without scripts nobody tells the button what was chosen: it then names the person.
  const [duration, setDuration] = useState("");
  const { key, ...select } = getSelectProps(fields.duration);
  return (
    <ActPage title={`Ban @${subject.username}`} subject={subject} refusal={refusal} effects={<Effects {...subject} />}>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <SelectField
          key={key}
          label="How long"
          {...select}
          errors={fields.duration.errors}
          onChange={(event) => setDuration(event.target.value)}
        >
          <option value="">Choose how long</option>
          {Object.entries(durations).map(([value, { words }]) => (
            <option key={value} value={value}>
              {words ?? "For good"}
            </option>
          ))}
        </SelectField>
        <RuleField field={fields.rule} rules={rules} />
        <SelectField
          {...getSelectProps(fields.content)}
          key={fields.content.key}
          label="What they have written"
          errors={fields.content.errors}
        >
          <option value="kept">Stays</option>
          <option value="hidden">Is removed, all of it</option>
        </SelectField>
        <ReasonField
          field={fields.reason}
          hint="They read this on every page that they open. It stays in their record for ever."
        />
        <ActButtons username={subject.username} busyText="Banning">
          {isDuration(duration) ? banWords(duration) : `Ban @${subject.username}`}
        </ActButtons>
      </Form>
    </ActPage>
  );
}

function Effects({ sessionCount }: { sessionCount: number }) {
  return (
    <>
      <li>
        {sessionCount === 0
          ? "They are signed in nowhere at the moment. When they sign in, they see why they are banned and until when."
          : `They are signed out at once on ${sessionCount === 1 ? "their one device" : `all ${sessionCount} devices`}. There, every page says why and until when.`}
      </li>
      <li>
        What they have written stays where it is, unless you hide it below. Whatever you hide comes back when the ban is
        undone.
      </li>
      <li>The ban ends by itself at its time, and you can lift it before.</li>
    </>
  );
}
