import { getFormProps, getInputProps, type SubmissionResult, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { answerCode } from "#app/auth/code-answer.server.ts";
import { askForCode } from "#app/auth/code-asked.server.ts";
import { CodeForm } from "#app/auth/code-form.tsx";
import { findEmailProof } from "#app/auth/email-proofs.server.ts";
import { joinForm } from "#app/auth/entry-forms.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { readJoinToken } from "#app/auth/join-cookie.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { askingAnswer } from "#app/auth/strangers/asking-answer.ts";
import { StrangerFields } from "#app/auth/strangers/stranger-fields.tsx";
import { stampForm } from "#app/auth/strangers/strangers.server.ts";
import { Waiting } from "#app/auth/strangers/waiting.tsx";
import { neverCached, visitorsOnly } from "#app/auth/visitors-only.ts";
import { readForm } from "#app/server/form.server.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/sign-in-code";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached, visitorsOnly];

export async function loader({ request, url }: Route.LoaderArgs) {
  const redirectTo = redirectTarget(url.searchParams.get("redirectTo"));
  const shown = stampForm();
  if (url.searchParams.has("other")) return { proof: null, again: false, redirectTo, shown };
  const proof = await findEmailProof(readJoinToken(request));
  if (proof?.proved) throw redirect(href("/join/profile"));
  return { proof, again: url.searchParams.has("again"), redirectTo, shown };
}

/** An address asks for a code; a code is tried. Both are the proof that joining uses. */
export async function action({ request, url }: Route.ActionArgs) {
  const form = await readForm(request);
  const wanted = form.get("redirectTo") ?? url.searchParams.get("redirectTo");
  const redirectTo = redirectTarget(typeof wanted === "string" ? wanted : null);
  if (form.has("code")) return answerCode(form, request, redirectTo);
  const submission = parseWithZod(form, { schema: joinForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  const { email, again } = submission.value;
  const code = await askForCode(request, form, email);
  const next = new URLSearchParams({ redirectTo, ...(again && { again }) });
  switch (code.is) {
    case "refused":
      return data({ lastResult: submission.reply({ fieldErrors: { email: [code.problem] } }) }, { status: 400 });
    case "asked":
      return askingAnswer({ asked: code.asked, again });
    case "sent":
      return redirect(`${href("/sign-in/code")}?${next}`, { headers: { "Set-Cookie": code.cookie } });
  }
}

export function headers({ actionHeaders }: Route.HeadersArgs) {
  return actionHeaders;
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Sign in by a code", matches);

export default function SignInCode({
  loaderData: { proof, again, redirectTo, shown },
  actionData,
}: Route.ComponentProps) {
  const here = href("/sign-in/code");
  if (actionData && "asked" in actionData) {
    const action = `${here}?${new URLSearchParams({ redirectTo })}`;
    return <Waiting {...actionData} action={action} shown={shown} what="code" />;
  }
  const lastResult = actionData?.lastResult;
  if (!proof) return <AddressForm redirectTo={redirectTo} shown={shown} lastResult={lastResult} />;
  const anew = { action: here, otherAddress: `${here}?${new URLSearchParams({ other: "", redirectTo })}` };
  // A new code is a new form.
  return (
    <CodeForm
      key={proof.id}
      email={proof.email}
      again={again}
      lastResult={lastResult}
      anew={anew}
      shown={shown}
      redirectTo={redirectTo}
    />
  );
}

function AddressForm({
  redirectTo,
  shown,
  lastResult,
}: {
  redirectTo: string;
  shown: string;
  lastResult: SubmissionResult<string[]> | undefined;
}) {
  const [form, fields] = useForm({
    id: "sign-in-code",
    lastResult,
    constraint: getZodConstraint(joinForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: joinForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...input } = getInputProps(fields.email, { type: "email" });
  return (
    <EntryPage
      title="Sign in by a code"
      lead={<p>We mail you a code, and with it you are in. You need no password for that.</p>}
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <Field
          key={key}
          label="E-mail address"
          {...input}
          autoComplete="email"
          autoFocus={Boolean(fields.email.errors)}
          errors={fields.email.errors}
        />
        <StrangerFields shown={shown} />
        <SubmitButton busyText="Sending the code">Send the code</SubmitButton>
      </Form>
      <div className="entry-more">
        <p>
          You can also{" "}
          <Link className="text-link" to={`${href("/sign-in")}?${new URLSearchParams({ redirectTo })}`}>
            sign in with your password
          </Link>
          . If you are new here, the code leads you to joining.
        </p>
      </div>
    </EntryPage>
  );
}
