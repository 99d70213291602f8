import { AppealForm } from "#app/appeals/appeal-form.tsx";
import { decisionTitle } from "#app/appeals/decision-title.tsx";
import { DecisionView } from "#app/appeals/decision-view.tsx";
import { findDecision } from "#app/appeals/decisions.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import type { Route } from "./+types/show";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ params, context }: Route.LoaderArgs) {
  return findDecision(viewerOf(context), params.actionId);
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  return [{ title: `${loaderData ? decisionTitle(loaderData) : "Not found"} · ${root.loaderData.siteName}` }];
}

export default function Show({ loaderData: decision }: Route.ComponentProps) {
  return (
    <PageColumns>
      <DecisionView decision={decision}>
        {decision.mayAppeal && (
          <section className="decision-part" aria-labelledby="to-appeal">
            <h2 id="to-appeal">Appeal</h2>
            <AppealForm actionId={decision.id} />
          </section>
        )}
      </DecisionView>
    </PageColumns>
  );
}
