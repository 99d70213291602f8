import { Form, href } from "react-router";
import { actWords, isActKind } from "#app/moderation/moderation.ts";
import { ModerationRecord } from "#app/moderation/moderation-record.tsx";
import { resolutionWords, type ShownCase, type ShownResolution } from "#app/reports/queue/case.ts";
import { caseActs, type Decision, decisionButton, decisionKeys, isOnPerson } from "#app/reports/queue/decision.ts";
import { type QueueFilter, withFilter } from "#app/reports/queue/queue-filter.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullMoment, TimeAgo } from "#app/ui/time-ago.tsx";

/** Who works on a case, and the ways to close it; or how it was closed. */
export function CaseActs({
  shown,
  reportId,
  resolution,
  proposals,
  late,
  filter,
}: {
  shown: ShownCase;
  reportId: string;
  resolution: ShownResolution | null;
  proposals: { kind: string; proposer: string }[];
  /** whether somebody else was quicker to take it */
  late: boolean;
  /** of the cases that are gone through */
  filter: QueueFilter;
}) {
  if (resolution) return <Resolved resolution={resolution} />;
  return (
    <section aria-labelledby="decide" className="case-acts">
      <h2 id="decide" className="sr-only">
        Decide
      </h2>
      {proposals.map(({ kind, proposer }) => (
        <p key={`${kind} ${proposer}`} className="notice">
          @{proposer} asks a second moderator: {isActKind(kind) ? actWords[kind].button : kind}. The case stays open
          until then.{" "}
          <Link className="text-link" to="/moderation/proposals">
            See what is proposed
          </Link>
        </p>
      ))}
      <Assignment shown={shown} reportId={reportId} late={late} filter={filter} />
      <p className="actions">
        {decisionsOn(shown).map((decision) => (
          <DecisionLink key={decision} decision={decision} reportId={reportId} filter={filter} />
        ))}
      </p>
    </section>
  );
}

/** What makes sense as things are. */
function decisionsOn({ kind, now: { state }, subject }: ShownCase): Decision[] {
  const all: Decision[] = [...caseActs[kind], "acted", "noted", "dismissed"];
  return all.filter((decision) => {
    if (decision === "remove-post" || decision === "remove-comment") return state === "public" || state === "held";
    if (decision === "lock-post") return state === "public";
    if (decision === "ban" || decision === "silence") return !subject.banned && !subject.gone;
    return !(subject.gone && isOnPerson(decision));
  });
}

interface OnCase {
  reportId: string;
  filter: QueueFilter;
}

function DecisionLink({ decision, reportId, filter }: OnCase & { decision: Decision }) {
  const key = decisionKeys[decision];
  return (
    <Link
      className={buttonClass("plain")}
      to={withFilter(href("/moderation/reports/:reportId/resolution", { reportId }), filter, { decision })}
      data-key={key}
      aria-keyshortcuts={key}
    >
      {decisionButton(decision)}
      {key && (
        <>
          {" "}
          <kbd>{key}</kbd>
        </>
      )}
    </Link>
  );
}

function Assignment({ shown: { assignment }, reportId, late, filter }: OnCase & { shown: ShownCase; late: boolean }) {
  const others = assignment && !assignment.mine ? assignment : null;
  return (
    <Form
      method="post"
      action={withFilter(href("/moderation/reports/:reportId/assignment", { reportId }), filter)}
      className={others ? "notice case-assignment" : "case-assignment"}
    >
      <input type="hidden" name="on" value={String(!assignment?.mine)} />
      <input type="hidden" name="from" value={assignment?.username ?? ""} />
      <p role={late ? "status" : undefined}>
        {late && "Somebody was quicker. "}
        {others ? (
          <>
            <strong>@{others.username} works on this case</strong> since {fullMoment(others.since)}. Ask them before you
            decide.
          </>
        ) : assignment ? (
          <>
            You work on this case, since <TimeAgo at={assignment.since} />.
          </>
        ) : (
          "Nobody works on this case."
        )}
      </p>
      <SubmitButton kind="plain" data-key="t" aria-keyshortcuts="t">
        {others ? "Take it over" : assignment ? "Leave it to others" : "Take it"} <kbd>t</kbd>
      </SubmitButton>
    </Form>
  );
}

function Resolved({ resolution }: { resolution: ShownResolution }) {
  const { id, kind, reason, wordsToReporters, moderator, at, action } = resolution;
  return (
    <section aria-labelledby="closed" className="case-acts">
      <h2 id="closed" className="list-title">
        Closed: {resolutionWords[kind]}
      </h2>
      <p>
        {moderator ? `@${moderator}` : "Somebody who has left"}, <TimeAgo at={at} />
      </p>
      <p className="record-reason" dir="auto">
        {reason}
      </p>
      {wordsToReporters && (
        <p>
          To whoever reported: <q>{wordsToReporters}</q>
        </p>
      )}
      {action && (
        <>
          <ModerationRecord actions={[action]} />
          {action.undone && (
            <p>The act was undone. The case stays closed until it is opened again; a new report opens a new one.</p>
          )}
        </>
      )}
      <p>
        <Link
          className="text-link"
          to={
            action && !action.undone
              ? href("/moderation/log/:actionId/undo", { actionId: action.id })
              : href("/moderation/resolutions/:resolutionId/undo", { resolutionId: id })
          }
          data-key="u"
          aria-keyshortcuts="u"
        >
          {action?.undone ? "Open the case again" : "Undo this"} <kbd>u</kbd>
        </Link>
      </p>
    </section>
  );
}
