import { Form, href } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { actWords, isActKind } from "#app/moderation/moderation.ts";
import { ModerationTabs } from "#app/moderation/moderation-tabs.tsx";
import { listProposals } from "#app/moderation/proposals/list.server.ts";
import type { ShownProposal } from "#app/moderation/proposals/proposal.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { fullMoment, TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/list";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ context, url }: Route.LoaderArgs) {
  return listProposals(viewerOf(context), parseCursor(url.searchParams.get("after"), uuid));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Proposals · ${root.loaderData.siteName}` }];
}

export default function Proposals({ loaderData: { proposals, next } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <ModerationTabs />
      <h1 className="page-title">Proposals</h1>
      <p className="muted">
        Acts that need a second moderator. Nothing happens until somebody else approves; what is approved is done at
        once. It can be undone exactly.
      </p>
      {proposals.length === 0 ? (
        <Empty title="Nothing was ever proposed" />
      ) : (
        <>
          <ol className="record decision-list">
            {proposals.map((proposal) => (
              <li key={proposal.id}>
                <Proposal proposal={proposal} />
              </li>
            ))}
          </ol>
          <NextPage
            href={next && `${href("/moderation/proposals")}?after=${next}`}
            label="Earlier proposals"
            end="These are all."
          />
        </>
      )}
    </PageColumns>
  );
}

function Proposal({ proposal }: { proposal: ShownProposal }) {
  const { id, kind, facts, reason, thing, subject, proposer, createdAt, state, whyNot } = proposal;
  const what = isActKind(kind) ? actWords[kind].button : kind;
  return (
    <article aria-label={`${what}: @${subject}`}>
      <p>
        <strong>{what}</strong>
        {": "}
        <Link className="record-who" to={href("/admin/users/:username", { username: subject })}>
          @{subject}
        </Link>
        {facts.map((fact) => ` · ${fact}`)}
        {thing && (
          <>
            {" · "}
            <Link className="text-link" to={thing.url}>
              {thing.words}
            </Link>
          </>
        )}
      </p>
      <p className="record-reason" dir="auto">
        {reason}
      </p>
      <p className="muted">
        {`Proposed by @${proposer} · `}
        <TimeAgo at={createdAt} />
        {` · ${stateWords(proposal)}`}
      </p>
      {state === "waits" &&
        (whyNot ? (
          <p className="muted">{whyNot}</p>
        ) : (
          <Form
            method="post"
            action={href("/moderation/proposals/:proposalId/decision", { proposalId: id })}
            className="actions"
          >
            <SubmitButton kind="plain" name="approved" value="false" busyText="One moment">
              Decline
            </SubmitButton>
            <SubmitButton kind="danger" name="approved" value="true" busyText="One moment">
              {`Approve: ${what}`}
            </SubmitButton>
          </Form>
        ))}
    </article>
  );
}

function stateWords({ state, decider, expiresAt }: ShownProposal): string {
  const by = decider ? ` by @${decider}` : "";
  switch (state) {
    case "waits":
      return `waits until ${fullMoment(expiresAt)}`;
    case "expired":
      return "its time is over, and nothing was done";
    case "approved":
      return `approved${by}, and done`;
    case "declined":
      return `declined${by}`;
  }
}
