import { getFormProps, getSelectProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { useState } from "react";
import { Form, href, redirect } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { actPage, invalid, refused } from "#app/moderation/act-answers.ts";
import { ActButtons, ActPage } from "#app/moderation/act-page.tsx";
import { banUser } from "#app/moderation/bans.server.ts";
import { banForm, banWords, durations, isDuration } from "#app/moderation/moderation.ts";
import { whyNot } from "#app/moderation/policy.ts";
import { ReasonField } from "#app/moderation/reason-field.tsx";
import { findSubject } from "#app/moderation/subjects.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { FormErrors, SelectField } from "#app/ui/field.tsx";
import type { Route } from "./+types/ban";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params, context }: Route.LoaderArgs) {
  const subject = await findSubject(params.username);
  return actPage(subject, whyNot("ban", viewerOf(context), subject));
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: banForm });
  if (submission.status !== "success") return invalid(submission);
  const refusal = await banUser(viewerOf(context), params.username, submission.value);
  if (refusal) return refused(submission, refusal);
  return redirect(href("/admin/users/:username", params));
}

export function meta({ params, matches: [root] }: Route.MetaArgs) {
  return [{ title: `Ban @${params.username} · ${root.loaderData.siteName}` }];
}

export default function Ban({ loaderData: { subject, refusal }, actionData }: Route.ComponentProps) {
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
      <li>What they have written stays where it is.</li>
      <li>The ban ends by itself at its time, and you can lift it before.</li>
    </>
  );
}
