import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form, redirectDocument } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { impersonationMinutes } from "#app/impersonation/glass-box.ts";
import { whyNotImpersonate } from "#app/impersonation/impersonation.ts";
import { beginImpersonation } from "#app/impersonation/impersonations.server.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { actPage, invalid, refused } from "#app/moderation/act-answers.ts";
import { ActButtons, ActPage } from "#app/moderation/act-page.tsx";
import { reasonForm } from "#app/moderation/moderation.ts";
import { ReasonField } from "#app/moderation/reason-field.tsx";
import { findSubject } from "#app/moderation/subjects.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { FormErrors } from "#app/ui/field.tsx";
import { userPath } from "#app/users/user.ts";
import type { Route } from "./+types/begin";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin, requireFreshProof];

export async function loader({ params, context }: Route.LoaderArgs) {
  const subject = await findSubject(params.username);
  return actPage(subject, whyNotImpersonate(viewerOf(context), subject));
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: reasonForm });
  if (submission.status !== "success") return invalid(submission);
  const { reason } = submission.value;
  const { refusal } = await beginImpersonation(viewerOf(context), params.username, { reason, facts: factsOf(request) });
  if (refusal) return refused(submission, refusal);
  // Nothing of the admin's own pages stays in the browser's memory.
  return redirectDocument(userPath(params.username));
}

export function meta({ params, matches: [root] }: Route.MetaArgs) {
  return [{ title: `See the site as @${params.username} · ${root.loaderData.siteName}` }];
}

export default function Begin({ loaderData: { subject, refusal }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "impersonation",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(reasonForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: reasonForm }),
    shouldRevalidate: "onInput",
  });
  return (
    <ActPage title={`See the site as @${subject.username}`} subject={subject} refusal={refusal} effects={<Effects />}>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <ReasonField field={fields.reason} hint="They read it, in a mail and on their security page." />
        <ActButtons username={subject.username} kind="plain" busyText="One moment">
          See the site as they do
        </ActButtons>
      </Form>
    </ActPage>
  );
}

function Effects() {
  return (
    <>
      <li>{`For ${impersonationMinutes} minutes this browser shows you the site as they see it. Every page says so, and has a button to end it.`}</li>
      <li>You only read: whatever would change something is refused.</li>
      <li>Their settings, drafts, bookmarks and mutes stay closed to you.</li>
      <li>They get a mail at once, with your role and your reason but not your name, and see it while it lasts.</li>
      <li>The beginning and the end are kept in the register.</li>
    </>
  );
}
