import { href } from "react-router";
import type { DecisionLine } from "#app/appeals/decision.ts";
import { decisionTitle } from "#app/appeals/decision-title.tsx";
import { listDecisions } from "#app/appeals/decisions.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/own";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ context, url }: Route.LoaderArgs) {
  return listDecisions(viewerOf(context), parseCursor(url.searchParams.get("after"), uuid));
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Decisions", matches);

export default function Own({ loaderData: { decisions, next } }: Route.ComponentProps) {
  return (
    <SettingsPage title="Decisions">
      <p className="muted">What moderators have decided about you and what is yours, each with its reason.</p>
      {decisions.length === 0 ? (
        <Empty title="No moderator has ever decided about you" />
      ) : (
        <>
          <ol className="record decision-list">
            {decisions.map((decision) => (
              <li key={decision.id} data-undone={decision.undone || undefined}>
                <Link className="text-link" to={href("/decisions/:actionId", { actionId: decision.id })}>
                  {decisionTitle(decision)}
                </Link>
                <span className="muted">
                  {decision.undone && " · undone"}
                  {appealWords(decision)}
                  {" · "}
                  <TimeAgo at={decision.createdAt} />
                </span>
              </li>
            ))}
          </ol>
          <NextPage
            href={next && `${href("/settings/decisions")}?after=${next}`}
            label="Earlier decisions"
            end="These are all."
          />
        </>
      )}
    </SettingsPage>
  );
}

function appealWords({ appeal }: DecisionLine): string {
  if (appeal === null) return "";
  return appeal === "waits"
    ? " · your appeal waits"
    : ` · your appeal was ${appeal === "granted" ? "granted" : "not granted"}`;
}
