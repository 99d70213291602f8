import { parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href } from "react-router";
import { actOnPeople, previewPeople } from "#app/admin/bulk/people.server.ts";
import {
  type BulkKind,
  bulkKinds,
  type ChosenPerson,
  outcomes,
  type PersonOutcome,
  parseBulkKind,
  parseChosen,
} from "#app/admin/bulk/people.ts";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { ActForm } from "#app/moderation/act-form.tsx";
import { type ActInput, actWords, formOf } from "#app/moderation/moderation.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/people-page";

export const middleware: Route.MiddlewareFunction[] = [requireModerator, requireFreshProof];

export async function loader({ context, url }: Route.LoaderArgs) {
  const kind = parseBulkKind(url.searchParams.get("kind"));
  const chosen = parseChosen(url.searchParams);
  const { list } = await findSiteSetting("rules");
  return { kind, rules: list, chosen, people: await previewPeople(viewerOf(context), kind, chosen) };
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const kind = parseBulkKind(url.searchParams.get("kind"));
  const chosen = parseChosen(url.searchParams);
  const submission = parseWithZod(await readForm(request), { schema: formOf(kind) });
  if (submission.status !== "success" || chosen.length === 0) {
    return data({ lastResult: submission.reply(), results: null }, { status: 400 });
  }
  // Parsed by the form of that kind.
  const input = submission.value as ActInput<BulkKind>;
  const results = await actOnPeople(viewerOf(context), chosen, { kind, input, facts: factsOf(request) });
  return data({ lastResult: submission.reply({ resetForm: true }), results });
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Several people · ${root.loaderData.siteName}` }];
}

export default function People({ loaderData: { kind, rules, chosen, people }, actionData }: Route.ComponentProps) {
  const able = people.filter(({ refusal }) => refusal === null);
  if (actionData?.results) return <Results kind={kind} results={actionData.results} />;
  return (
    <PageColumns>
      <h1 className="page-title">{`${actWords[kind].button}: ${people.length === 1 ? "one person" : `${people.length} people`}`}</h1>
      <Form method="get" action={href("/admin/bulk/people")} className="span-form">
        {chosen.map((username) => (
          <input key={username} type="hidden" name="u" value={username} />
        ))}
        {bulkKinds
          .filter((each) => each !== kind)
          .map((each) => (
            <button key={each} type="submit" name="kind" value={each} className={buttonClass("plain")}>
              {actWords[each].button} instead
            </button>
          ))}
      </Form>
      <h2 className="act-effects-title user-section">Who, and what</h2>
      <ul className="act-effects">
        {people.map((person) => (
          <li key={person.username}>
            <Link className="text-link" to={href("/admin/users/:username", { username: person.username })}>
              @{person.username}
            </Link>
            {`, ${person.role}: ${whatHappens(kind, person)}`}
          </li>
        ))}
        {people.length === 0 && <li>Nobody is chosen. Choose people in the list.</li>}
      </ul>
      {able.length > 0 ? (
        <>
          <p className="muted user-lead">
            Each is an act of its own with a line in the log, and is undone by itself. What is refused to one keeps
            nothing from the others.
          </p>
          <ActForm kind={kind} rules={rules} lastResult={actionData?.lastResult} cancelTo={href("/admin/users")} />
        </>
      ) : (
        <p className="actions">
          <Link className={buttonClass("plain")} to={href("/admin/users")}>
            Back to the list
          </Link>
        </p>
      )}
    </PageColumns>
  );
}

function whatHappens(kind: BulkKind, { refusal, proposes, sessionCount }: ChosenPerson): string {
  if (refusal) return `not done. ${refusal}`;
  if (proposes) return "it waits for another admin.";
  if (kind === "sessions")
    return sessionCount === 1 ? "signed out on one device." : `signed out on ${sessionCount} devices.`;
  const words = { warn: "gets a warning.", silence: "reads and does not write for that time." };
  if (kind !== "ban") return words[kind];
  return `banned, and signed out on ${sessionCount === 1 ? "one device" : `${sessionCount} devices`}.`;
}

function Results({ kind, results }: { kind: BulkKind; results: PersonOutcome[] }) {
  return (
    <PageColumns>
      <h1 className="page-title">{`${actWords[kind].button}: how it came out`}</h1>
      <ul className="act-effects" role="status">
        {results.map(({ username, outcome, text }) => (
          <li key={username}>
            <Link className="text-link" to={href("/admin/users/:username", { username })}>
              @{username}
            </Link>
            {`: ${outcomes[outcome]}${text ? `. ${text}` : ""}`}
          </li>
        ))}
      </ul>
      <p className="actions">
        <Link className={buttonClass("plain")} to={href("/admin/users")}>
          Back to the list
        </Link>
      </p>
    </PageColumns>
  );
}
