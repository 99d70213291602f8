import {
  type FieldMetadata,
  getFormProps,
  getInputProps,
  getTextareaProps,
  type SubmissionResult,
  useForm,
} from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { endedCeremonyCookie } from "#app/auth/ceremonies.server.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { expiredJoinCookie } from "#app/auth/join-cookie.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { findProvedAddress } from "#app/auth/proved-address.server.ts";
import { neverCached, visitorsOnly } from "#app/auth/visitors-only.ts";
import { findStanding } from "#app/joining/door.server.ts";
import { DoorClosed } from "#app/joining/door-words.tsx";
import { approvalForm, longestAnswer, waitlistForm } from "#app/joining/joining.ts";
import { askToJoin, findOwnRequest, type OwnRequest } from "#app/joining/requests.server.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { readForm } from "#app/server/form.server.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { useRootData } from "#app/site/root-data.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors, TextField } from "#app/ui/field.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/request";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached, visitorsOnly];

export async function loader({ request, url }: Route.LoaderArgs) {
  const proved = await findProvedAddress(request);
  if (!proved) {
    if (url.searchParams.has("asked")) return { is: "asked" as const };
    throw redirect(href("/join"));
  }
  const { admitted, ...standing } = await findStanding(proved.email, request);
  if (admitted) throw redirect(href("/join/profile"));
  return { is: "proved" as const, email: proved.email, standing, own: await findOwnRequest(proved.email) };
}

export async function action({ request }: Route.ActionArgs) {
  const proved = await findProvedAddress(request);
  if (!proved) throw redirect(href("/join"));
  const { mode, admitted, problem } = await findStanding(proved.email, request);
  if (admitted || problem || (mode !== "approval" && mode !== "waitlist")) throw redirect(href("/join/request"));
  const form = await readForm(request);
  const submission = parseWithZod(form, { schema: mode === "approval" ? approvalForm : waitlistForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  await spend("join-by-source");
  const { name } = submission.value;
  const answer = "answer" in submission.value ? String(submission.value.answer) : null;
  if (!(await askToJoin(proved, { name, answer }))) throw redirect(href("/join/request"));
  const headers: ["Set-Cookie", string][] = [
    ["Set-Cookie", expiredJoinCookie()],
    ["Set-Cookie", endedCeremonyCookie("provider-newcomer")],
  ];
  return redirect(`${href("/join/request")}?asked`, { headers });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Ask to join", matches);

export default function AskToJoin({ loaderData, actionData }: Route.ComponentProps) {
  if (loaderData.is === "asked") {
    return (
      <EntryPage
        title="You are on the list"
        lead={<p>We mail you as soon as there is an answer. You need to do nothing until then.</p>}
      >
        <div className="entry-more">
          <p>To see how it stands, give your address on the page for joining once more.</p>
        </div>
      </EntryPage>
    );
  }
  const { email, own, standing } = loaderData;
  const { mode, problem, question } = standing;
  if (problem)
    return (
      <EntryPage title="You cannot join like this" lead={<p>{problem}</p>}>
        {null}
      </EntryPage>
    );
  if (mode === "closed" || mode === "invite" || mode === "open") return <DoorClosed mode={mode} invite={null} />;
  if (own) return <Own email={email} own={own} />;
  const lastResult = actionData?.lastResult;
  return <Ask email={email} question={mode === "approval" ? question : null} lastResult={lastResult} />;
}

function Own({ email, own }: { email: string; own: OwnRequest }) {
  if (own.is === "declined") {
    return (
      <EntryPage
        title="Your request was declined"
        lead={<p>{`On ${fullDate(own.at)} the people who run this site decided so, and said why:`}</p>}
      >
        <p className="record-reason" dir="auto">
          {own.reason}
        </p>
        <p>{`You can ask again from ${fullDate(own.again)} on.`}</p>
      </EntryPage>
    );
  }
  return (
    <EntryPage
      title="You are on the list"
      lead={
        <p>
          {`Since ${fullDate(own.since)}; ${beforeWords(own.before)}. The answer comes to `}
          <span className="entry-address">{email}</span>.
        </p>
      }
    >
      {null}
    </EntryPage>
  );
}

function beforeWords(before: number): string {
  if (before === 0) return "nobody is before you";
  return before === 1 ? "one other is before you" : `${before.toLocaleString("en-GB")} others are before you`;
}

interface AskProps {
  email: string;
  /** null where one only waits for one's turn */
  question: string | null;
  lastResult: SubmissionResult<string[]> | undefined;
}

function Ask({ email, question, lastResult }: AskProps) {
  const { siteName } = useRootData();
  const [form, fields] = useForm({
    id: "ask-to-join",
    lastResult,
    constraint: getZodConstraint(approvalForm),
    // Without a question there is only the name, and the server looks at it.
    onValidate: question === null ? undefined : ({ formData }) => parseWithZod(formData, { schema: approvalForm }),
    shouldRevalidate: "onInput",
  });
  const { key: nameKey, ...name } = getInputProps(fields.name, { type: "text" });
  return (
    <EntryPage
      title={question === null ? "Wait for your turn" : "Ask to join"}
      lead={
        <p>
          <span className="entry-address">{email}</span>
          {question === null
            ? ` is yours. ${siteName} lets people in a few at a time: we mail you when it is your turn, and then you choose a username.`
            : ` is yours. The people who run ${siteName} read your answer and decide. You get a mail either way, and then you choose a username.`}
        </p>
      }
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field
          key={nameKey}
          label="Name"
          hint="What we call you in the mail. The people who run this site see it, nobody else."
          {...name}
          autoComplete="name"
          autoFocus={Boolean(fields.name.errors)}
          errors={fields.name.errors}
        />
        {question !== null && <Answer question={question} field={fields.answer} first={!fields.name.errors} />}
        <SubmitButton busyText="Sending">{question === null ? "Wait for my turn" : "Ask to join"}</SubmitButton>
      </Form>
    </EntryPage>
  );
}

function Answer({ question, field, first }: { question: string; field: FieldMetadata<string>; first: boolean }) {
  const { key, ...input } = getTextareaProps(field);
  return (
    <TextField
      key={key}
      label={question}
      {...input}
      maxLength={longestAnswer}
      rows={5}
      autoFocus={first && Boolean(field.errors)}
      errors={field.errors}
    />
  );
}
