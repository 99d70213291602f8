import { Form, href } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { kindLabels, type LogSearch, parseLogSearch, searchParamsOf } from "#app/moderation/log/log-entry.ts";
import { LogLine } from "#app/moderation/log/log-words.tsx";
import { listLog, namesAreShown } from "#app/moderation/log/public-log.server.ts";
import { ModerationTabs } from "#app/moderation/moderation-tabs.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Field, SelectField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { isAtLeast } from "#app/users/user.ts";
import type { Route } from "./+types/page";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ url, context }: Route.LoaderArgs) {
  const viewer = context.get(viewerContext);
  const showNames = await namesAreShown();
  const search = parseLogSearch(url.searchParams, showNames);
  const page = await listLog(search, parseCursor(url.searchParams.get("after"), uuid), showNames);
  return { ...page, search, showNames, staff: viewer !== null && isAtLeast(viewer.role, "moderator") };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  const { siteName } = root.loaderData;
  return [
    { title: `Moderation log · ${siteName}` },
    {
      tagName: "link",
      rel: "alternate",
      type: "application/atom+xml",
      title: "Moderation log",
      href: href("/moderation/log.xml"),
    },
  ];
}

export default function Log({ loaderData: { entries, next, search, showNames, staff } }: Route.ComponentProps) {
  const path = href("/moderation/log");
  return (
    <PageColumns aside={<AboutLog showNames={showNames} />}>
      {staff && <ModerationTabs />}
      <h1 className="page-title">Moderation log</h1>
      <Search key={searchParamsOf(search)} search={search} showNames={showNames} />
      {entries.length === 0 ? (
        <Empty title="Nothing was done that fits">
          <Link className={buttonClass("plain")} to={path}>
            Show everything
          </Link>
        </Empty>
      ) : (
        <>
          <ol className="record">
            {entries.map((entry) => (
              <li key={entry.id}>
                <LogLine entry={entry} toUndo={staff} />
              </li>
            ))}
          </ol>
          <NextPage href={next && `${path}?${searchParamsOf(search, next)}`} label="Earlier" end="That is all of it." />
        </>
      )}
    </PageColumns>
  );
}

function Search({ search, showNames }: { search: LogSearch; showNames: boolean }) {
  return (
    <Form method="get" action={href("/moderation/log")} role="search" className="log-search">
      <SelectField id="kind" name="kind" label="What" defaultValue={search.kind ?? ""}>
        <option value="">Everything</option>
        {Object.entries(kindLabels).map(([kind, label]) => (
          <option key={kind} value={kind}>
            {label}
          </option>
        ))}
      </SelectField>
      {showNames && (
        <Field
          id="moderator"
          name="moderator"
          label="Moderator"
          defaultValue={search.moderator ?? ""}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <Field id="from" name="from" type="date" label="From" defaultValue={search.from ?? ""} />
      <Field id="to" name="to" type="date" label="To" defaultValue={search.to ?? ""} />
      <button type="submit" className={buttonClass("plain")}>
        Show
      </button>
    </Form>
  );
}

function AboutLog({ showNames }: { showNames: boolean }) {
  return (
    <div className="log-about">
      <p>
        {`Everything that moderators decide here, with the reason, ${showNames ? "and by whom" : "by their role"}. Nothing is taken out of it: what was wrong is undone by another line.`}
      </p>
      <p>
        Not in it: what was removed, warnings and other words to one person, and what is about somebody's safety.
        Whoever has left is not named.
      </p>
      <p>
        <a className="text-link" href={href("/moderation/log.xml")}>
          As a feed
        </a>
      </p>
    </div>
  );
}
