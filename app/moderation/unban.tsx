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
import { fullDate } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/unban";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params, context }: Route.LoaderArgs) {
  const subject = await findSubject(params.username);
  return actPage(subject, whyNot("unban", viewerOf(context), subject));
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const next = () => href("/admin/users/:username", params);
  return actByForm(viewerOf(context), request, { kind: "unban", target: params, next });
}

export function meta({ params, matches: [root] }: Route.MetaArgs) {
  return [{ title: `Lift the ban of @${params.username} · ${root.loaderData.siteName}` }];
}

export default function Unban({ loaderData: { subject, refusal }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "unban",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(reasonForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: reasonForm }),
    shouldRevalidate: "onInput",
  });
  return (
    <ActPage
      title={`Lift the ban of @${subject.username}`}
      subject={subject}
      refusal={refusal}
      effects={<Effects banExpiresAt={subject.banExpiresAt} />}
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <ReasonField field={fields.reason} hint="It stays in their record, beside the ban's own reason." />
        <ActButtons username={subject.username} kind="plain" busyText="Lifting">
          Lift the ban
        </ActButtons>
      </Form>
    </ActPage>
  );
}

function Effects({ banExpiresAt }: { banExpiresAt: string | null }) {
  return (
    <>
      <li>{banExpiresAt ? `The ban would end by itself on ${fullDate(banExpiresAt)}.` : "The ban has no end date."}</li>
      <li>They can sign in again at once. The devices that the ban signed out stay signed out.</li>
      <li>The ban stays in their record.</li>
    </>
  );
}
