import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form, href } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { actPage } from "#app/moderation/act-answers.ts";
import { actByForm } from "#app/moderation/act-forms.server.ts";
import { ActButtons, ActPage } from "#app/moderation/act-page.tsx";
import { reasonForm } from "#app/moderation/moderation.ts";
import { whyNot } from "#app/moderation/policy.ts";
import { ReasonField } from "#app/moderation/reason-field.tsx";
import { findSubject } from "#app/moderation/subjects.server.ts";
import { FormErrors } from "#app/ui/field.tsx";
import type { Route } from "./+types/end-sessions";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params, context }: Route.LoaderArgs) {
  const subject = await findSubject(params.username);
  return actPage(subject, whyNot("sessions", viewerOf(context), subject));
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const next = () => href("/admin/users/:username", params);
  return actByForm(viewerOf(context), request, { kind: "sessions", target: params, next });
}

export function meta({ params, matches: [root] }: Route.MetaArgs) {
  return [{ title: `Sign out @${params.username} · ${root.loaderData.siteName}` }];
}

export default function EndSessions({ loaderData: { subject, refusal }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "end-sessions",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(reasonForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: reasonForm }),
    shouldRevalidate: "onInput",
  });
  return (
    <ActPage
      title={`Sign out @${subject.username} everywhere`}
      subject={subject}
      refusal={refusal}
      effects={<Effects {...subject} />}
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <ReasonField field={fields.reason} hint="It stays in their record." />
        <ActButtons username={subject.username} busyText="Signing out">
          Sign out everywhere
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
          ? "They are signed in nowhere at the moment."
          : `They are signed out at once on ${sessionCount === 1 ? "their one device" : `all ${sessionCount} devices`}. What they were typing there is lost.`}
      </li>
      <li>They can sign in again with their password. Where somebody else may know it, that is not enough.</li>
    </>
  );
}
