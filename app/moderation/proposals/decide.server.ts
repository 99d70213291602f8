import { data } from "react-router";
import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { actWithin } from "#app/moderation/act.server.ts";
import { lockPeople } from "#app/moderation/lock-people.server.ts";
import { isActKind } from "#app/moderation/moderation.ts";
import { noRefusal, type Outcome, Refused } from "#app/moderation/outcome.server.ts";
import { type Refusal, whyNotApprove } from "#app/moderation/policy.ts";
import { parseKept } from "#app/moderation/proposals/proposal.ts";
import { orRefused } from "#app/moderation/undo.server.ts";
import { tellProposer } from "#app/notifications/tell.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";

/**
 * The second moderator's word on a proposal: approved, the act is done in the same transaction, by its proposer and
 * with the viewer's word; declined, nothing is done. The proposer is told.
 * @returns what forbids it, and then nothing was changed; or the id of the act
 * @throws a 404 response where there is no such proposal
 */
export async function decideProposal(
  viewer: Viewer,
  proposalId: string,
  { approved, facts }: { approved: boolean; facts: RequestFacts },
): Promise<Outcome> {
  const nowhere = data(null, { status: 404, statusText: "Not Found" });
  if (!z.uuid().safeParse(proposalId).success) throw nowhere;
  const proposal = await db.actProposal.findUnique({ where: { id: proposalId } });
  if (!proposal || !isActKind(proposal.kind)) throw nowhere;
  const { kind, input, proposerId, subjectUserId } = proposal;
  return orRefused(
    inTransaction(async (tx) => {
      // All of them at once, so that they are taken in one order; of whoever is banned nothing is done.
      const doer = approved ? proposerId : viewer.id;
      const { viewer: decider, user } = await lockPeople(tx, viewer, subjectUserId, doer);
      const refusal = whyNotApprove(kind, decider, { proposerId, subject: user });
      if (refusal) throw new Refused(refusal);
      const { target, caseId, form } = parseKept(kind, input);
      // Parsed by the form of that kind.
      const asked = { kind, target, input: form as never, facts, caseId, proposerId };
      const outcome = approved ? await actWithin(tx, viewer, asked) : noRefusal;
      if (outcome.refusal) throw new Refused(outcome.refusal);
      await mark(tx, proposalId, { approved, deciderId: viewer.id, actionId: outcome.actionId });
      await tellProposer(tx, proposerId, proposalId);
      return outcome;
    }),
  );
}

/** @throws Refused where it was decided meanwhile, or its time is over */
async function mark(
  tx: Transaction,
  id: string,
  decision: { approved: boolean; deciderId: string; actionId: string | null },
): Promise<void> {
  const now = new Date();
  const { count } = await tx.actProposal.updateMany({
    where: { id, decidedAt: null, expiresAt: { gt: now } },
    data: { ...decision, decidedAt: now },
  });
  if (count === 0) throw new Refused(over);
}

const over: Refusal = { because: "state", text: "This proposal is decided already, or its time is over." };
