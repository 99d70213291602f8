import { getFormProps, getSelectProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form, href } from "react-router";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { actPage } from "#app/moderation/act-answers.ts";
import { actByForm } from "#app/moderation/act-forms.server.ts";
import { ActButtons, ActPage } from "#app/moderation/act-page.tsx";
import { roleForm } from "#app/moderation/moderation.ts";
import { rolesToGive, whyNot } from "#app/moderation/policy.ts";
import { ReasonField } from "#app/moderation/reason-field.tsx";
import { findSubject } from "#app/moderation/subjects.server.ts";
import { useRootData } from "#app/site/root-data.ts";
import { FormErrors, SelectField } from "#app/ui/field.tsx";
import type { Route } from "./+types/role";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin, requireFreshProof];

export async function loader({ params, context }: Route.LoaderArgs) {
  const subject = await findSubject(params.username);
  return actPage(subject, whyNot("role", viewerOf(context), subject));
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const isOwn = viewer.username.toLowerCase() === params.username.toLowerCase();
  return actByForm(viewer, request, {
    kind: "role",
    target: params,
    next: ({ role }) => (isOwn && role === "member" ? href("/") : href("/admin/users/:username", params)),
  });
}

export function meta({ params, matches: [root] }: Route.MetaArgs) {
  return [{ title: `Change the role of @${params.username} · ${root.loaderData.siteName}` }];
}

export default function ChangeRole({ loaderData: { subject, refusal }, actionData }: Route.ComponentProps) {
  const { viewer } = useRootData();
  const [form, fields] = useForm({
    id: "role",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(roleForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: roleForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...select } = getSelectProps(fields.role);
  return (
    <ActPage
      title={`Change the role of @${subject.username}`}
      subject={subject}
      refusal={refusal}
      effects={<Effects self={viewer?.id === subject.id} />}
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <SelectField key={key} label="New role" {...select} errors={fields.role.errors}>
          <option value="">Choose a role</option>
          {viewer &&
            rolesToGive(viewer, subject).map((role) => (
              <option key={role} value={role}>
                {role}
              </option>
            ))}
        </SelectField>
        <ReasonField field={fields.reason} hint="It stays in their record." />
        <ActButtons username={subject.username} busyText="Changing">
          Change the role
        </ActButtons>
      </Form>
    </ActPage>
  );
}

function Effects({ self }: { self: boolean }) {
  return (
    <>
      <li>It counts at once, whatever they have open. Nobody is signed out.</li>
      <li>A moderator sees the list of people, without e-mail addresses, and may ban members.</li>
      <li>
        An admin sees e-mail addresses, may ban moderators too, and may change roles. Nobody can take this from an
        admin: they can only step down.
      </li>
      {self && <li>You step down. Only another admin can make you an admin again.</li>}
    </>
  );
}
