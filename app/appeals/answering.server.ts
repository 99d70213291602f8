import { data } from "react-router";
import { mailDecision } from "#app/appeals/answer-mail.server.ts";
import { whyNotWithin } from "#app/appeals/waiting.server.ts";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { lockPeople } from "#app/moderation/lock-people.server.ts";
import { recordAction, tellOutcomeOf } from "#app/moderation/moderation-log.server.ts";
import { noRefusal, type Outcome, Refused } from "#app/moderation/outcome.server.ts";
import { orRefused, undoActsWithin } from "#app/moderation/undo.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";

/**
 * Answers an appeal in one transaction: to grant it is to undo the act exactly; to uphold the act changes nothing. Both
 * are a line in the log, and told.
 * @returns what forbids it, and then nothing was changed; or the id of the line in the log
 * @throws a 404 response where there is no such appeal
 */
export async function answerAppeal(
  viewer: Viewer,
  appealId: string,
  { granted, answer, facts }: { granted: boolean; answer: string; facts: RequestFacts },
): Promise<Outcome> {
  const appeal = await db.appeal.findUnique({ where: { id: appealId }, select: { actionId: true, userId: true } });
  if (!appeal) throw data(null, { status: 404, statusText: "Not Found" });
  const { actionId, userId } = appeal;
  return orRefused(
    inTransaction(async (tx) => {
      // An undo takes its locks in an order of its own, so it comes first; whether it may be is asked after it.
      const undo = granted && (await isStanding(tx, actionId));
      const undone = undo ? await undoActsWithin(tx, viewer, [actionId], { reason: answer, facts }) : null;
      const people = await lockPeople(tx, viewer, userId);
      const whyNot = await whyNotWithin(tx, viewer.id, appealId);
      if (whyNot) throw new Refused({ because: whyNot.includes("already") ? "state" : "authority", text: whyNot });
      await decide(tx, appealId, { granted, answer, deciderId: viewer.id });
      if (undone) return undone;
      const action = { kind: "appeal", moderator: people.moderator, subject: people.user } as const;
      const details = { appealOf: actionId, granted };
      const answerId = await recordAction(tx, { ...action, reason: answer, details });
      // Whoever is banned sees no notifications, and gets no mails of them.
      if (people.user.banned) await mailDecision(tx, userId, { actionId, granted, answer });
      await tellOutcomeOf(tx, answerId, action);
      return { ...noRefusal, actionId: answerId };
    }),
  );
}

async function isStanding(tx: Transaction, actionId: string): Promise<boolean> {
  return (await tx.actEffect.count({ where: { actionId, undoneAt: { not: null } } })) === 0;
}

/** @throws Refused where somebody else has decided it meanwhile */
async function decide(
  tx: Transaction,
  id: string,
  decision: { granted: boolean; answer: string; deciderId: string },
): Promise<void> {
  const { count } = await tx.appeal.updateMany({
    where: { id, decidedAt: null },
    data: { ...decision, decidedAt: new Date() },
  });
  if (count === 0) throw new Refused({ because: "state", text: "This appeal is answered already." });
}
