import type { ReactNode } from "react";
import { href } from "react-router";
import type { OwnAppeal } from "#app/appeals/appeal.ts";
import type { Decision } from "#app/appeals/decision.ts";
import { decisionTitle } from "#app/appeals/decision-title.tsx";
import { Prose } from "#app/markdown/prose.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullMoment } from "#app/ui/time-ago.tsx";

/** A decision as whom it concerns sees it, and what they and others said of it. */
export function DecisionView({ decision, children }: { decision: Decision; children?: ReactNode }) {
  const { by, rule, reason, createdAt, expiresAt, kind, text, appeal, reversesId } = decision;
  return (
    <>
      <h1 className="page-title">{decisionTitle(decision)}</h1>
      <dl className="facts decision-facts">
        <dt>By</dt>
        <dd>{by}</dd>
        {rule && (
          <>
            <dt>Rule</dt>
            <dd>
              <strong>{rule.title}</strong>
              {rule.text && <p className="muted">{rule.text}</p>}
            </dd>
          </>
        )}
        <dt>Why</dt>
        <dd className="record-reason" dir="auto">
          {reason || "The reason was erased."}
        </dd>
        <dt>When</dt>
        <dd>{fullMoment(createdAt)}</dd>
        {(kind === "ban" || kind === "silence") && (
          <>
            <dt>Until</dt>
            <dd>{expiresAt ? `${fullMoment(expiresAt)}. It ends by itself.` : "There is no end date."}</dd>
          </>
        )}
        <dt>Now</dt>
        <dd>{standingWords(decision)}</dd>
      </dl>
      {kind === "undo" && reversesId && (
        <p>
          <Link className="text-link" to={href("/decisions/:actionId", { actionId: reversesId })}>
            The decision that was taken back
          </Link>
        </p>
      )}
      {text && (
        <section className="decision-part" aria-labelledby="text">
          <h2 id="text">{text.title === null ? "Your comment" : `Your post: ${text.title}`}</h2>
          <p className="muted">
            {text.removed ? (
              "Only you and the moderators see it."
            ) : (
              <Link className="text-link" to={text.url}>
                It is on the site
              </Link>
            )}
          </p>
          <Prose html={text.html} small />
        </section>
      )}
      {appeal && <Appeal appeal={appeal} />}
      {children}
    </>
  );
}

function standingWords({ standing, kind, appeal }: Decision): string {
  if (standing === "undone") {
    return appeal?.answer?.granted
      ? "It was undone after your appeal: everything is as if it had never been."
      : "It was undone: everything is as if it had never been.";
  }
  if (standing === "stands") return "It stands.";
  return kind === "ban" || kind === "silence" ? "It is over." : "A later decision ended it.";
}

function Appeal({ appeal: { body, createdAt, answer } }: { appeal: OwnAppeal }) {
  return (
    <section className="decision-part" aria-labelledby="your-appeal">
      <h2 id="your-appeal">Your appeal</h2>
      <p className="record-reason" dir="auto">
        {body}
      </p>
      <p className="muted">
        {answer
          ? `Sent on ${fullMoment(createdAt)}.`
          : `Sent on ${fullMoment(createdAt)}. It waits for somebody who had no part in the decision.`}
      </p>
      {answer && (
        <>
          <h2>{answer.granted ? "The answer: granted" : "The answer: the decision stands"}</h2>
          <p className="record-reason" dir="auto">
            {answer.text}
          </p>
          <p className="muted">{`Answered on ${fullMoment(answer.at)}.`}</p>
        </>
      )}
    </section>
  );
}
