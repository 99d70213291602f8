import { href } from "react-router";
import { Changes } from "#app/history/history-view.tsx";
import type { ModNote } from "#app/mod-notes/note.ts";
import { NoteList } from "#app/mod-notes/note-list.tsx";
import type { Rule } from "#app/moderation/rule.ts";
import {
  type CaseReport,
  type EarlierCase,
  type LatelyWritten,
  resolutionWords,
  type ShownCase,
  type ThingState,
  type UndoneResolution,
} from "#app/reports/queue/case.ts";
import { casePath, type QueueFilter } from "#app/reports/queue/queue-filter.ts";
import type { Snapshot } from "#app/reports/report.ts";
import { Link } from "#app/ui/link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";

/** What was reported, as it is now; what a report kept where there is nothing any more. */
export function TheThing({ shown, snapshot }: { shown: ShownCase; snapshot: Snapshot }) {
  const { now, subject, kind } = shown;
  const isGone = now.state === "deleted";
  const { title, body } = isGone ? snapshot : now;
  return (
    <section aria-labelledby="thing">
      <h2 id="thing" className="list-title">
        {isGone ? "As it was reported" : "As it is now"} <span className="muted">{stateWords[now.state]}</span>
      </h2>
      <p className="act-subject">
        <img src={subject.avatar} alt="" width={40} height={40} />
        <span>
          <bdi className="act-subject-name">{subject.name}</bdi>
          <span className="muted">
            {subject.gone ? (
              "has left"
            ) : (
              <Link className="text-link" to={href("/admin/users/:username", { username: subject.username })}>
                @{subject.username}
              </Link>
            )}{" "}
            · {subject.role}
            {subject.banned && <span className="banned-mark"> · banned</span>}
          </span>
        </span>
      </p>
      <blockquote className="act-thing case-thing" dir="auto">
        {title && <p className="act-thing-title">{title}</p>}
        <p>
          {body || <span className="muted">{kind === "person" ? "They say nothing of themselves." : "No text."}</span>}
        </p>
      </blockquote>
      {now.state === "public" && (
        <p>
          <Link className="text-link" to={now.address}>
            See it in its place
          </Link>
        </p>
      )}
    </section>
  );
}

const stateWords: Record<ThingState, string> = {
  public: "",
  removed: "removed",
  held: "waits for a look",
  deleted: "its author has deleted it since",
};

/** Every report with its note, and what has changed since. */
export function Reports({ reports, rules, more }: { reports: CaseReport[]; rules: Rule[]; more: number }) {
  return (
    <section aria-labelledby="reports">
      <h2 id="reports" className="list-title">
        Reports
      </h2>
      <ol className="record">
        {reports.map(({ id, reporter, rule, note, weight, createdAt, changes, erased }) => (
          <li key={id}>
            <p>
              <strong>{rules.find(({ key }) => key === rule)?.title ?? rule}</strong>
              <span className="muted">
                {" · "}
                {reporter ? `@${reporter}` : "somebody who has left"} · weight {weight.toFixed(1)} ·{" "}
                <TimeAgo at={createdAt} />
              </span>
            </p>
            {note && (
              <p className="record-reason" dir="auto">
                {note}
              </p>
            )}
            {erased && <p className="muted">What it kept was erased with the account.</p>}
            {!erased && changes && (
              <details className="case-changes" open>
                <summary>What has changed since this report</summary>
                <Changes changes={changes} />
              </details>
            )}
          </li>
        ))}
      </ol>
      {more > 0 && <p className="muted">{more} more reports are not listed.</p>}
    </section>
  );
}

/** What was decided about it before, and why that does not count. */
export function TakenBack({ undone }: { undone: UndoneResolution[] }) {
  if (undone.length === 0) return null;
  return (
    <section aria-labelledby="taken-back">
      <h2 id="taken-back" className="list-title">
        Decided before, and taken back
      </h2>
      <ol className="record">
        {undone.map(({ id, kind, reason, moderator, at, undone: { by, at: undoneAt, reason: why } }) => (
          <li key={id} data-undone>
            <p>
              {`${byName(moderator)}: ${resolutionWords[kind]}`}
              <span className="muted">
                {" · "}
                <TimeAgo at={at} />
              </span>
            </p>
            <p className="record-reason" dir="auto">
              {reason}
            </p>
            <p>
              {`${byName(by)} opened it again`}
              <span className="muted">
                {" · "}
                <TimeAgo at={undoneAt} />
              </span>
            </p>
            <p className="record-reason" dir="auto">
              {why}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function byName(username: string | null): string {
  return username ? `@${username}` : "Somebody who has left";
}

export function EarlierCases({ earlier, filter }: { earlier: EarlierCase[]; filter: QueueFilter }) {
  return (
    <section aria-labelledby="earlier">
      <h2 id="earlier" className="list-title">
        Other cases
      </h2>
      {earlier.length === 0 && <p className="muted">There is no other case about them.</p>}
      <ul className="case-list">
        {earlier.map(({ reportId, kind, title, openedAt, outcome }) => (
          <li key={reportId}>
            <Link className="text-link" to={casePath(reportId, filter)}>
              {kind === "person" ? "Their profile" : `A ${kind}`}
              {title && (
                <>
                  : <bdi>{title}</bdi>
                </>
              )}
            </Link>{" "}
            <span className="muted">
              {outcome ? resolutionWords[outcome] : "open"} · <TimeAgo at={openedAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Similar({ similar }: { similar: LatelyWritten[] }) {
  return (
    <section aria-labelledby="similar">
      <h2 id="similar" className="list-title">
        What else they wrote lately
      </h2>
      {similar.length === 0 && <p className="muted">Nothing.</p>}
      <ul className="case-list">
        {similar.map(({ address, title, words, at, removed }) => (
          <li key={address}>
            <Link className="text-link" to={address}>
              <bdi>{title || "Untitled"}</bdi>
            </Link>{" "}
            <span className="muted">
              {removed && "removed · "}
              <TimeAgo at={at} />
            </span>
            <p className="case-words" dir="auto">
              {words}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Notes({ notes }: { notes: ModNote[] }) {
  return (
    <section aria-labelledby="notes">
      <h2 id="notes" className="list-title">
        Notes of moderators
      </h2>
      {notes.length === 0 && <p className="muted">There are none.</p>}
      <NoteList notes={notes} />
    </section>
  );
}
