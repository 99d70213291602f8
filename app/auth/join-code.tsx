import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { findCeremony } from "#app/auth/ceremonies.server.ts";
import { CodeField } from "#app/auth/code-field.tsx";
import { goOn } from "#app/auth/door.server.ts";
import { findEmailProof, tryCode } from "#app/auth/email-proofs.server.ts";
import { codeForm } from "#app/auth/entry-forms.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { expiredJoinCookie, readJoinToken } from "#app/auth/join-cookie.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { neverCached, visitorsOnly } from "#app/auth/visitors-only.ts";
import { readForm } from "#app/server/form.server.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/join-code";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached, visitorsOnly];

export async function loader({ request, url }: Route.LoaderArgs) {
  const proof = await findEmailProof(readJoinToken(request));
  if (proof?.proved) throw redirect(href("/join/profile"));
  return { proof, again: url.searchParams.has("again") };
}

export async function action({ request }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: codeForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  const answer = await tryCode(readJoinToken(request), submission.value.code, browserOf(request));
  switch (answer.is) {
    case "newcomer":
      return redirect(href("/join/profile"), { headers: answer.cookies });
    case "known":
      return goOn(answer.entry, await afterCode(request), [["Set-Cookie", expiredJoinCookie()]]);
    default:
      return data(
        { lastResult: submission.reply({ resetForm: false, fieldErrors: { code: [wordsFor(answer)] } }) },
        { status: 400 },
      );
  }
}

/** Whom a provider had vouched for before can link it now. */
async function afterCode(request: Request): Promise<string> {
  const waiting = await findCeremony("provider-newcomer", request);
  return waiting?.state.email ? href("/settings/security/providers") : "/";
}

function wordsFor(answer: { is: "wrong"; triesLeft: number } | { is: "over" }): string {
  if (answer.is === "over") return "This code does not work any more. Send a new one.";
  return `That is not the code. You have ${answer.triesLeft} ${answer.triesLeft === 1 ? "try" : "tries"} left.`;
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Enter the code", matches);

export default function JoinCode({ loaderData: { proof, again }, actionData }: Route.ComponentProps) {
  if (!proof) return <StartAgain />;
  // A new code is a new form.
  return <CodeForm key={proof.id} email={proof.email} again={again} lastResult={actionData?.lastResult} />;
}

function CodeForm({
  email,
  again,
  lastResult,
}: {
  email: string;
  again: boolean;
  lastResult: SubmissionResult<string[]> | undefined;
}) {
  const [form, fields] = useForm({
    id: "code",
    lastResult,
    constraint: getZodConstraint(codeForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: codeForm }),
  });
  return (
    <EntryPage
      title="Enter the code"
      step={2}
      lead={
        <p>
          {again ? "A new one is on its way to " : "We have sent it to "}
          <span className="entry-address">{email}</span>. It works for 10 minutes, in this browser.{" "}
          {again ? "The former one does not work any more." : "If nothing comes, look among the unwanted mail."}
        </p>
      }
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <CodeField field={fields.code} hint="Six digits." autoFocus />
        <SubmitButton busyText="Checking">Go on</SubmitButton>
      </Form>
      <div className="entry-more">
        <Form method="post" action={href("/join")}>
          <input type="hidden" name="email" value={email} />
          <input type="hidden" name="again" value="true" />
          <button type="submit" className="text-link link-button">
            Send a new code
          </button>
        </Form>
        <p>
          <Link className="text-link" to={href("/join")}>
            Use another address
          </Link>
        </p>
      </div>
    </EntryPage>
  );
}

function StartAgain() {
  return (
    <EntryPage
      title="The code is gone"
      lead={<p>A code works for 10 minutes, once, in the browser that asked for it. This browser has none now.</p>}
    >
      <p className="actions">
        <Link className="button primary" to={href("/join")}>
          Ask for a new code
        </Link>
      </p>
    </EntryPage>
  );
}
