import { getFormProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { Form, href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { nothingWaits, requestIdOf } from "#app/joining/request-id.ts";
import { declineRequest, findWaiting } from "#app/joining/requests.server.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid } from "#app/moderation/act-answers.ts";
import { reasonForm } from "#app/moderation/moderation.ts";
import { ReasonField } from "#app/moderation/reason-field.tsx";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/decline";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params }: Route.LoaderArgs) {
  const waiting = await findWaiting(requestIdOf(params.requestId));
  if (!waiting) throw nothingWaits();
  return { waiting };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const id = requestIdOf(params.requestId);
  const submission = parseWithZod(await readForm(request), { schema: reasonForm });
  if (submission.status !== "success") return invalid(submission);
  const declined = await declineRequest(viewerOf(context), id, submission.value.reason, factsOf(request));
  if (!declined) throw nothingWaits();
  return redirect(`${href("/admin/joining")}?done=declined`);
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Decline · ${root.loaderData.siteName}` }];
}

export default function Decline({ loaderData: { waiting }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "decline",
    lastResult: actionData?.lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: reasonForm }),
    shouldRevalidate: "onInput",
  });
  return (
    <PageColumns>
      <h1 className="page-title">
        Decline <bdi>{waiting.name}</bdi>
      </h1>
      {waiting.answer && (
        <p className="record-reason" dir="auto">
          {waiting.answer}
        </p>
      )}
      <h2 className="act-effects-title">What will happen</h2>
      <ul className="act-effects">
        <li>They get a mail with the reason, word for word. It does not say who you are.</li>
        <li>They cannot ask again for 30 days.</li>
      </ul>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <ReasonField field={fields.reason} hint="It is mailed to them, and stays in the site's records." />
        <p className="actions">
          <Link className={buttonClass("quiet")} to={href("/admin/joining")}>
            Cancel
          </Link>
          <SubmitButton busyText="Declining">Decline</SubmitButton>
        </p>
      </Form>
    </PageColumns>
  );
}
