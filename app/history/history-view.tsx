import { Fragment, type ReactNode } from "react";
import type { DiffPart, History, TextChange, TextField } from "#app/history/history.ts";
import { Link } from "#app/ui/link.tsx";
import { fullMoment } from "#app/ui/time-ago.tsx";

interface HistoryViewProps extends Pick<History, "versions" | "shown" | "changes" | "complete"> {
  /** the history's own address */
  path: string;
  title: string;
  /** what it is the history of, and whose */
  about: ReactNode;
}

/** The versions of a text, and what one of them changed. */
export function HistoryView({ path, title, about, versions, shown, changes, complete }: HistoryViewProps) {
  const isFirst = complete && versions.at(-1)?.version === shown;
  const at = versions.find(({ version }) => version === shown)?.writtenAt ?? "";
  return (
    <>
      <h1 className="page-title">{title}</h1>
      <p className="history-about">{about}</p>
      <nav aria-label="Versions">
        <ol className="versions">
          {versions.map(({ version, writtenAt }, index) => (
            <li key={version}>
              <Link
                className="version"
                to={`${path}?version=${version}`}
                aria-current={version === shown ? "true" : undefined}
              >
                <time dateTime={writtenAt}>{fullMoment(writtenAt)}</time>
                <span className="muted">{wordFor(index, versions.length, complete)}</span>
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      {!complete && <p className="muted">Older versions are kept, and not listed here.</p>}
      <section aria-labelledby="changes-title" className="changes">
        <h2 id="changes-title" className="list-title">
          {isFirst ? "As it was first written" : "What changed"} <span className="muted">{fullMoment(at)}</span>
        </h2>
        <Changes changes={changes} />
      </section>
    </>
  );
}

/** What changed in each of the texts. */
export function Changes({ changes }: { changes: TextChange[] }) {
  return (
    <>
      {changes.length === 0 && <p className="muted">Nothing that can be read.</p>}
      {changes.map(({ field, parts }) => (
        <Fragment key={field}>
          {names[field] && <h3 className="change-name">{names[field]}</h3>}
          <div className={field === "title" ? "change change-title" : "change"} dir="auto">
            {parts.map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a change never move
              <Part key={index} part={part} />
            ))}
          </div>
        </Fragment>
      ))}
    </>
  );
}

const names: Record<TextField, string> = {
  title: "Title",
  warning: "Warning",
  url: "Link",
  tags: "Tags",
  body: "Text",
};

function wordFor(index: number, count: number, complete: boolean): string {
  if (index === 0) return count === 1 ? "the only version" : "as it reads now";
  return complete && index === count - 1 ? "first version" : "";
}

/** The colour says it to some, the line through or under it to others, the words to those who listen. */
function Part({ part }: { part: DiffPart }) {
  switch (part.kind) {
    case "same":
      return part.text;
    case "gap":
      return <span className="change-gap">{part.lines} unchanged lines</span>;
    case "added":
      return (
        <ins>
          <span className="sr-only"> Added: </span>
          {part.text}
          <span className="sr-only"> End of what was added. </span>
        </ins>
      );
    case "removed":
      return (
        <del>
          <span className="sr-only"> Removed: </span>
          {part.text}
          <span className="sr-only"> End of what was removed. </span>
        </del>
      );
  }
}
