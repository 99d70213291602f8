import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { joinForm } from "#app/auth/entry-forms.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { titled } from "#app/auth/page-title.ts";
import { requestPasswordReset, resetLinkMinutes } from "#app/auth/recovery/password-resets.server.ts";
import { askingAnswer } from "#app/auth/strangers/asking-answer.ts";
import { StrangerFields } from "#app/auth/strangers/stranger-fields.tsx";
import { admitStranger, stampForm } from "#app/auth/strangers/strangers.server.ts";
import { Waiting } from "#app/auth/strangers/waiting.tsx";
import { neverCached } from "#app/auth/visitors-only.ts";
import { readForm } from "#app/server/form.server.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/forgot-password";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached];

export function loader({ url }: Route.LoaderArgs) {
  return { sent: url.searchParams.has("sent"), minutes: resetLinkMinutes, shown: stampForm() };
}

export async function action({ request }: Route.ActionArgs) {
  const form = await readForm(request);
  const submission = parseWithZod(form, { schema: joinForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  const { email } = submission.value;
  const browser = browserOf(request);
  const admission = await admitStranger(form, email, browser.device);
  if (admission.is === "asked") return askingAnswer({ asked: admission.asked });
  if (admission.is === "let in") await requestPasswordReset(email, browser);
  return redirect(`${href("/forgot-password")}?sent`);
}

export function headers({ actionHeaders }: Route.HeadersArgs) {
  return actionHeaders;
}

export const meta: Route.MetaFunction = ({ matches }) => titled("A new password", matches);

export default function ForgotPassword({ loaderData: { sent, minutes, shown }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "forgot-password",
    lastResult: actionData && "lastResult" in actionData ? actionData.lastResult : undefined,
    constraint: getZodConstraint(joinForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: joinForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...input } = getInputProps(fields.email, { type: "email" });
  if (actionData && "asked" in actionData) {
    return <Waiting {...actionData} action={href("/forgot-password")} shown={shown} what="link" />;
  }
  if (sent && !actionData) return <Sent minutes={minutes} />;
  return (
    <EntryPage
      title="A new password"
      lead={<p>We mail you a link. The password that you have now works until you have chosen another one.</p>}
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field
          key={key}
          label="E-mail address"
          {...input}
          autoComplete="email"
          autoFocus={Boolean(fields.email.errors)}
          errors={fields.email.errors}
        />
        <StrangerFields shown={shown} />
        <SubmitButton busyText="Sending the link">Send the link</SubmitButton>
      </Form>
      <div className="entry-more">
        <p>
          You can also{" "}
          <Link className="text-link" to={href("/join")}>
            come in with a code by mail
          </Link>
          .
        </p>
      </div>
    </EntryPage>
  );
}

function Sent({ minutes }: { minutes: number }) {
  return (
    <EntryPage
      title="Look into your mail"
      lead={
        <p>
          A link is on its way. It works for {minutes} minutes, once, and only the newest one does. If nothing comes,
          look among the unwanted mail.
        </p>
      }
    >
      <p>
        <Link className="text-link" to={href("/forgot-password")}>
          Use another address
        </Link>
      </p>
    </EntryPage>
  );
}
