import { parseWithZod } from "@conform-to/zod/v4";
import { data, href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { decideProposal } from "#app/moderation/proposals/decide.server.ts";
import { decisionForm } from "#app/moderation/proposals/proposal.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/decide";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireModerator];

export async function action({ request, params, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: decisionForm });
  if (submission.status !== "success") return data({ problem: "Approve it or decline it." }, { status: 400 });
  const approved = submission.value.approved === "true";
  const { refusal } = await decideProposal(viewerOf(context), params.proposalId, { approved, facts: factsOf(request) });
  if (!refusal) return redirect(href("/moderation/proposals"));
  return data({ problem: refusal.text }, { status: refusal.because === "authority" ? 403 : 409 });
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `A proposal · ${root.loaderData.siteName}` }];
}

/** Only where it could not be done. */
export default function Decide({ actionData }: Route.ComponentProps) {
  return (
    <PageColumns>
      <h1 className="page-title">Nothing was done</h1>
      <p className="act-refusal">{actionData?.problem}</p>
      <p className="actions">
        <Link className={buttonClass("plain")} to={href("/moderation/proposals")}>
          Back to the proposals
        </Link>
      </p>
    </PageColumns>
  );
}
