import { href } from "react-router";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { aReported, type OwnReport, outcomeWords } from "#app/reports/report.ts";
import { listOwnReports } from "#app/reports/reports.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { fullDate, TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/own";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ context, url }: Route.LoaderArgs) {
  const after = parseCursor(url.searchParams.get("after"), uuid);
  const [page, { list }] = await Promise.all([listOwnReports(viewerOf(context), after), findSiteSetting("rules")]);
  const done = ["reported", "already"].find((word) => url.searchParams.has(word)) ?? null;
  return { ...page, titles: Object.fromEntries(list.map(({ key, title }) => [key, title])), done };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Your reports · ${root.loaderData.siteName}` }];
}

export default function Own({ loaderData: { reports, next, titles, done } }: Route.ComponentProps) {
  return (
    <SettingsPage title="Your reports">
      {done && (
        <p className="notice" role="status">
          {done === "reported"
            ? "Thank you. The moderators have it, and you will be told what came of it."
            : "You have reported this before, and it is still open. The moderators have it."}
        </p>
      )}
      {reports.length === 0 ? (
        <Empty title="You have not reported anything">
          <p>Posts, comments and profiles have a link to report them. What comes of it will be here.</p>
        </Empty>
      ) : (
        <>
          <ol className="own-reports">
            {reports.map((report) => (
              <Line key={report.id} report={report} rule={titles[report.rule] ?? report.rule} />
            ))}
          </ol>
          <NextPage
            href={next && `${href("/settings/reports")}?after=${next}`}
            label="Older reports"
            end="These are all your reports."
          />
        </>
      )}
    </SettingsPage>
  );
}

function Line({
  report: { kind, username, title, note, createdAt, reopened, outcome },
  rule,
}: {
  report: OwnReport;
  rule: string;
}) {
  return (
    <li>
      <p className="own-report-what">
        {kind === "person" ? "A profile" : `${aReported(kind).replace("a", "A")}`}
        {username ? ` of @${username}` : " of somebody who has left"}
        {title && (
          <>
            : <bdi>{title}</bdi>
          </>
        )}
      </p>
      <p className="muted">
        {rule} · <TimeAgo at={createdAt} />
      </p>
      {note && (
        <p className="record-reason" dir="auto">
          {note}
        </p>
      )}
      {outcome ? (
        <>
          <p>
            <strong>{outcomeWords[outcome.kind]}</strong> <span className="muted">{fullDate(outcome.at)}</span>
          </p>
          {outcome.words && (
            <p className="record-reason" dir="auto">
              {outcome.words}
            </p>
          )}
        </>
      ) : (
        <p>
          <strong>{reopened ? "Open again" : "Open"}</strong>: a moderator will look at it.
        </p>
      )}
    </li>
  );
}
