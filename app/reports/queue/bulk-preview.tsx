import { href } from "react-router";
import type { BulkCase, BulkDecision, BulkLeft, BulkWill } from "#app/reports/queue/bulk-choice.ts";
import { whatOf } from "#app/reports/queue/case.ts";
import { Link } from "#app/ui/link.tsx";

/** Exactly what a decision about several cases changes, and what it leaves. */
export function BulkPreview({ decision, will, left }: { decision: BulkDecision; will: BulkWill[]; left: BulkLeft[] }) {
  const people = [...new Set(will.map(({ username }) => username))];
  return (
    <>
      <h2 className="act-effects-title">What will happen</h2>
      <ul className="act-effects">
        {will.length === 0 && <li>Nothing: none of these cases can be decided like that.</li>}
        {effectsOf(decision, will, people).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {will.length > 0 && (
        <>
          <h2 className="list-title">{count(will.length, "case")} will be closed</h2>
          <ul className="case-list case-bulk-list">
            {will.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </ul>
        </>
      )}
      {left.length > 0 && (
        <>
          <h2 className="list-title">{count(left.length, "case")} will stay as they are</h2>
          <ul className="case-list case-bulk-list">
            {left.map((line) => (
              <Line key={line.id} line={line} why={line.why} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Line({ line: { reportId, kind, username, title, words }, why }: { line: BulkCase; why?: string }) {
  return (
    <li>
      <Link className="text-link" to={href("/moderation/reports/:reportId", { reportId })}>
        {whatOf(kind, username)}
        {title && (
          <>
            : <bdi>{title}</bdi>
          </>
        )}
      </Link>{" "}
      {why && <span className="muted">{why}</span>}
      {words && (
        <p className="case-words" dir="auto">
          {words}
        </p>
      )}
    </li>
  );
}

function effectsOf(decision: BulkDecision, will: BulkWill[], people: string[]): string[] {
  if (will.length === 0) return [];
  const posts = will.filter(({ kind }) => kind === "post").length;
  const comments = will.filter(({ kind }) => kind === "comment").length;
  const names = people.map((username) => `@${username}`).join(", ");
  const closed = `${count(will.length, "case")} closed, and whoever reported is told.`;
  switch (decision) {
    case "remove":
      return [
        `${count(posts, "post")} and ${count(comments, "comment")} removed, of ${names}.`,
        "Each of the authors is told, with the reason, and can appeal once.",
        "Each removal is a line of its own in the log, and can be undone exactly.",
        closed,
      ];
    case "warn":
      return [`${count(people.length, "person", "people")} warned, once each: ${names}.`, closed];
    case "ban":
      return [
        `${count(people.length, "person", "people")} banned: ${names}.`,
        "They are signed out at once everywhere. Each ban can be undone exactly.",
        closed,
      ];
    case "dismissed":
      return ["Nothing of what was reported is changed.", "The reports count as wrong.", closed];
    case "noted":
      return ["Nothing of what was reported is changed.", "The reports count neither as right nor as wrong.", closed];
  }
}

/** "1 case", "3 cases". */
function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
