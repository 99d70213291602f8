import { Form, href } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { ModerationTabs } from "#app/moderation/moderation-tabs.tsx";
import type { Rule } from "#app/moderation/rule.ts";
import { bulkButtons, bulkDecisions } from "#app/reports/queue/bulk-choice.ts";
import { type CaseLine, whatOf } from "#app/reports/queue/case.ts";
import { findDone } from "#app/reports/queue/done.server.ts";
import { Done } from "#app/reports/queue/done.tsx";
import { countWaiting, listCases } from "#app/reports/queue/queue.server.ts";
import {
  casePath,
  filterFields,
  parseQueueFilter,
  type QueueFilter,
  queuePath,
  withFilter,
} from "#app/reports/queue/queue-filter.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Field, SelectField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/queue";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ context, url: { searchParams } }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const filter = parseQueueFilter(searchParams);
  const [page, waiting, { list: rules }, done] = await Promise.all([
    listCases(viewer, filter, searchParams.get("after")),
    countWaiting(viewer),
    findSiteSetting("rules"),
    findDone(viewer, searchParams.get("done")),
  ]);
  const settled = ["closed", "proposed"].map((name) => Number.parseInt(searchParams.get(name) ?? "0", 10) || 0);
  return { page, waiting, rules, filter, done, settled };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Reports · ${root.loaderData.siteName}` }];
}

export default function Queue({ loaderData: { page, waiting, rules, filter, done, settled } }: Route.ComponentProps) {
  const { cases, next } = page;
  const [closed = 0, proposed = 0] = settled;
  return (
    <PageColumns wide>
      <ModerationTabs waiting={waiting} />
      <h1 className="page-title">Moderation</h1>
      {done && <Done done={done} filter={filter} />}
      {closed + proposed > 0 && (
        <p className="notice" role="status">
          {`${closed} closed.`} {proposed > 0 && `${proposed} stay open: a second moderator is asked.`}{" "}
          <Link className="text-link" to="/moderation/log">
            What was done stands in the log, where each act can be undone.
          </Link>
        </p>
      )}
      <FilterForm filter={filter} rules={rules} />
      {cases.length === 0 ? (
        <NoCases isFiltered={queuePath(filter) !== href("/moderation")} />
      ) : (
        <Form method="get" action={href("/moderation/resolutions")} className="cases-form">
          <ol className="cases">
            {cases.map((each) => (
              <Line key={each.id} line={each} rules={rules} filter={filter} />
            ))}
          </ol>
          <BulkChoice filter={filter} />
        </Form>
      )}
      {cases.length > 0 && (
        <NextPage href={next && queuePath(filter, next)} label="Next cases" end="These are all open cases." />
      )}
    </PageColumns>
  );
}

function FilterForm({ filter, rules }: { filter: QueueFilter; rules: Rule[] }) {
  return (
    <Form method="get" className="case-filter" key={queuePath(filter)}>
      <SelectField label="Rule" id="filter-rule" name="rule" defaultValue={filter.rule ?? ""}>
        <option value="">Any</option>
        {rules.map(({ key, title }) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </SelectField>
      <SelectField label="What" id="filter-kind" name="kind" defaultValue={filter.kind ?? ""}>
        <option value="">Anything</option>
        <option value="post">Posts</option>
        <option value="comment">Comments</option>
        <option value="person">People</option>
      </SelectField>
      <SelectField label="Whose" id="filter-who" name="who" defaultValue={filter.who ?? ""}>
        <option value="">Anybody’s</option>
        <option value="unassigned">Nobody’s</option>
        <option value="mine">Mine</option>
      </SelectField>
      <Field label="About" id="filter-about" name="about" placeholder="username" defaultValue={filter.about} />
      <SubmitButton kind="plain">Show</SubmitButton>
    </Form>
  );
}

function Line({ line, rules, filter }: { line: CaseLine; rules: Rule[]; filter: QueueFilter }) {
  const { id, reportId, kind, title, words, username, reportCount, weight, openedAt, assignee } = line;
  const label = `case-${id}`;
  return (
    <li className="case-line" data-item>
      <label className="case-choice">
        <input type="checkbox" name="case" value={id} />
        <span className="sr-only">Select: {whatOf(kind, username)}</span>
      </label>
      <div>
        <Link className="case-link" id={label} to={casePath(reportId, filter)}>
          {whatOf(kind, username)}
          {title && (
            <>
              : <bdi>{title}</bdi>
            </>
          )}
        </Link>
        <p className="case-words" dir="auto">
          {words}
        </p>
        <p className="case-facts muted">
          <span>{line.rules.map((key) => rules.find((rule) => rule.key === key)?.title ?? key).join(", ")}</span>
          <span>{reportCount === 1 ? "1 report" : `${reportCount} reports`}</span>
          <span>weight {weight.toFixed(1)}</span>
          <span>
            <TimeAgo at={openedAt} />
          </span>
          <span>{assignee ? `@${assignee} works on it` : "nobody works on it"}</span>
        </p>
      </div>
    </li>
  );
}

/** What is done with the selected cases; a page before it says exactly what. */
function BulkChoice({ filter }: { filter: QueueFilter }) {
  return (
    <div className="case-bulk">
      {filterFields(filter).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SelectField label="Selected cases" id="bulk-decision" name="decision" defaultValue="remove">
        {bulkDecisions.map((decision) => (
          <option key={decision} value={decision}>
            {bulkButtons[decision]}
          </option>
        ))}
      </SelectField>
      <button type="submit" className={buttonClass("plain")}>
        See what will change
      </button>
      <Link
        className={buttonClass("plain")}
        to={withFilter(href("/moderation/next"), filter)}
        data-key="n"
        aria-keyshortcuts="n"
      >
        Begin with the first <kbd>n</kbd>
      </Link>
    </div>
  );
}

function NoCases({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <Empty title="No open case is like that">
      <Link className="text-link" to={href("/moderation")}>
        Show all open cases
      </Link>
    </Empty>
  ) : (
    <Empty title="Nothing waits for you">
      <p>What members report will be here, the weightiest first.</p>
    </Empty>
  );
}
