import type { ActKind } from "#app/moderation/moderation.ts";
import type { Target } from "#app/moderation/targets.server.ts";
import type { Prisma, Transaction } from "#app/server/database.server.ts";

/** A proposal waits for so long. */
export const proposalDays = 7;

/** What a proposal keeps: enough to do the act when somebody approves it. */
export interface Proposed {
  kind: ActKind;
  target: Target;
  input: Prisma.InputJsonObject;
  caseId?: number;
}

/** Keeps an act for a second moderator's word. Returns the proposal's id; the same act proposed again is one proposal. */
export async function propose(
  tx: Transaction,
  proposerId: string,
  subjectUserId: string,
  { kind, target, input, caseId }: Proposed,
): Promise<string> {
  const now = new Date();
  const kept = { target, form: input, ...(caseId !== undefined && { caseId }) };
  const same = await tx.actProposal.findFirst({
    where: { kind, proposerId, subjectUserId, decidedAt: null, expiresAt: { gt: now }, input: { equals: kept } },
    select: { id: true },
  });
  if (same) return same.id;
  const { id } = await tx.actProposal.create({
    data: {
      kind,
      input: kept,
      proposerId,
      subjectUserId,
      expiresAt: new Date(now.getTime() + proposalDays * 86_400_000),
    },
    select: { id: true },
  });
  return id;
}
