import { getFormProps, getTextareaProps, type SubmissionResult, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form, href, redirect } from "react-router";
import { answerAppeal } from "#app/appeals/answering.server.ts";
import { answerForm } from "#app/appeals/appeal.ts";
import { findAppeal } from "#app/appeals/waiting.server.ts";
import { factsOf } from "#app/auth/browser.server.ts";
import { Prose } from "#app/markdown/prose.tsx";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid, refused } from "#app/moderation/act-answers.ts";
import { longestReason } from "#app/moderation/moderation.ts";
import { listActionsOn } from "#app/moderation/moderation-log.server.ts";
import { ModerationRecord } from "#app/moderation/moderation-record.tsx";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { FormErrors, TextField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullMoment } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/answer";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params, context }: Route.LoaderArgs) {
  const appeal = await findAppeal(viewerOf(context), params.appealId);
  return { appeal, record: await listActionsOn(appeal.userId) };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  await findAppeal(viewer, params.appealId);
  const submission = parseWithZod(await readForm(request), { schema: answerForm });
  if (submission.status !== "success") return invalid(submission);
  const { granted, answer } = submission.value;
  const given = { granted: granted === "true", answer, facts: factsOf(request) };
  const { refusal } = await answerAppeal(viewer, params.appealId, given);
  if (refusal) return refused(submission, refusal);
  return redirect(href("/moderation/appeals/:appealId", params));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `An appeal · ${root.loaderData.siteName}` }];
}

export default function Answer({ loaderData: { appeal, record }, actionData }: Route.ComponentProps) {
  const { action, username, body, createdAt, answer, whyNot, text } = appeal;
  return (
    <PageColumns>
      <p className="back-link">
        <Link className="text-link" to={href("/moderation/appeals")}>
          Appeals
        </Link>
      </p>
      <h1 className="page-title">{`Appeal of @${username}`}</h1>
      <section className="decision-part" aria-labelledby="act">
        <h2 id="act">The decision</h2>
        <ModerationRecord actions={[action]} />
        {text && (
          <>
            <h3>{text.title === null ? "Their comment" : `Their post: ${text.title || "Untitled"}`}</h3>
            <Prose html={text.html} small />
          </>
        )}
      </section>
      <section className="decision-part" aria-labelledby="appeal">
        <h2 id="appeal">What they say</h2>
        <p className="record-reason" dir="auto">
          {body}
        </p>
        <p className="muted">{`Sent on ${fullMoment(createdAt)}.`}</p>
      </section>
      {answer ? (
        <section className="decision-part" aria-labelledby="answer">
          <h2 id="answer">{answer.granted ? "Granted" : "The decision stands"}</h2>
          <p className="record-reason" dir="auto">
            {answer.text}
          </p>
          <p className="muted">{`${answer.by ? `By @${answer.by}` : "By somebody who has left"}, ${fullMoment(answer.at)}.`}</p>
        </section>
      ) : (
        <section className="decision-part" aria-labelledby="decide">
          <h2 id="decide">Your answer</h2>
          {whyNot ? <p>{whyNot}</p> : <AnswerForm undone={action.undone} lastResult={actionData?.lastResult} />}
        </section>
      )}
      <section className="decision-part" aria-labelledby="record">
        <h2 id="record">{`The record of @${username}`}</h2>
        <ModerationRecord actions={record} />
      </section>
    </PageColumns>
  );
}

function AnswerForm({ undone, lastResult }: { undone: boolean; lastResult?: SubmissionResult<string[]> | null }) {
  const [form, fields] = useForm({
    id: "answer",
    lastResult,
    constraint: getZodConstraint(answerForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: answerForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...answer } = getTextareaProps(fields.answer);
  const { name, errors, errorId } = fields.granted;
  return (
    <>
      <ul className="act-effects">
        <li>
          {undone
            ? "The act is undone already: to grant the appeal says so to them."
            : "If you grant it, the act is undone exactly, and your answer is the undo's reason in the public log."}
        </li>
        <li>If you do not, the decision stands, and only they read your answer.</li>
        <li>They are told at once, without your name; a banned person by mail. It cannot be appealed again.</li>
      </ul>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <fieldset className="deletion-choice" aria-describedby={errors ? errorId : undefined}>
          <legend>Do you grant it?</legend>
          <label className="check">
            <input type="radio" name={name} value="true" required aria-invalid={errors ? true : undefined} />
            <span>Grant it</span>
          </label>
          <label className="check">
            <input type="radio" name={name} value="false" required aria-invalid={errors ? true : undefined} />
            <span>The decision stands</span>
          </label>
          {errors && (
            <p id={errorId} className="field-error">
              {errors.join(" ")}
            </p>
          )}
        </fieldset>
        <TextField
          key={key}
          label="Answer"
          hint="They read it on the page of the decision."
          {...answer}
          maxLength={longestReason}
          errors={fields.answer.errors}
          autoFocus={Boolean(fields.answer.errors)}
        />
        <p className="actions act-buttons">
          <Link className={buttonClass("quiet")} to={href("/moderation/appeals")}>
            Cancel
          </Link>
          <SubmitButton busyText="Answering">Answer</SubmitButton>
        </p>
      </Form>
    </>
  );
}
