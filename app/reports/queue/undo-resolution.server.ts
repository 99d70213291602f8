import { data } from "react-router";
import type { Viewer } from "#app/auth/viewer.ts";
import { recordAction } from "#app/moderation/moderation-log.server.ts";
import { Refused } from "#app/moderation/outcome.server.ts";
import type { Refusal } from "#app/moderation/policy.ts";
import { tellReporters } from "#app/notifications/tell.server.ts";
import { takeOffRecords } from "#app/reports/queue/records.server.ts";
import { lockPeopleOf } from "#app/reports/queue/resolve.server.ts";
import { findUndoable, type Undoable, whyNotUndo } from "#app/reports/queue/undoable.server.ts";
import { inTransaction, type Transaction, violatedConstraint } from "#app/server/database.server.ts";

/**
 * Takes back how a case was closed, in one transaction with its line in the log: the case is open as if it had never
 * been closed, the reporters' records and the weights of what they reported since are as they would be, and whoever
 * reported is told. The resolution stays as what was decided, and is marked as undone.
 * @returns what forbids it, and then nothing was changed
 * @throws a 404 response where there is no such resolution of a case that the viewer may decide about
 */
export async function undoResolution(
  viewer: Viewer,
  resolutionId: string,
  reason: string,
): Promise<{ refusal: Refusal | null }> {
  try {
    await inTransaction((tx) => undoWithin(tx, viewer, resolutionId, reason));
    return { refusal: null };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    // Somebody reported the same thing at this moment.
    if (violatedConstraint(error)) return { refusal: whyNotUndo({ reportedAgain: true }, viewer) };
    throw error;
  }
}

async function undoWithin(tx: Transaction, viewer: Viewer, resolutionId: string, reason: string): Promise<void> {
  const found = await tx.resolution.findUnique({ where: { id: resolutionId }, select: { caseId: true } });
  if (!found) throw data(null, { status: 404, statusText: "Not Found" });
  const moderator = await lockPeopleOf(tx, viewer, [found.caseId], { reporters: true });
  await lockCasesAfter(tx, found.caseId, resolutionId);
  const resolution = await findUndoable(moderator, resolutionId, tx);
  const refusal = whyNotUndo(resolution, moderator);
  if (refusal) throw new Refused(refusal);
  await reopen(tx, moderator.id, resolution, reason);
  await takeOffRecords(tx, resolution);
  const { subject, postId, commentId, caseId } = resolution;
  await recordAction(tx, {
    kind: "reopen",
    moderator,
    subject,
    reason,
    ...(postId !== null && { postId }),
    ...(commentId !== null && { commentId }),
    details: { caseId, resolutionId },
  });
  await tellReporters(tx, [caseId], moderator.id);
}

/** The case, and those with reports of the same people since, whose weights will change: in the order of their ids. */
async function lockCasesAfter(tx: Transaction, caseId: number, resolutionId: string): Promise<void> {
  await tx.$executeRaw`
    select 1 from moderation_cases
     where id = ${caseId}
        or id in (select later.case_id from resolutions z
                    join reports r on r.case_id = z.case_id
                    join reports later on later.reporter_id = r.reporter_id and later.created_at > z.created_at
                   where z.id = ${resolutionId}::uuid)
     order by id for no key update`;
}

async function reopen(tx: Transaction, viewerId: string, { id, caseId }: Undoable, reason: string): Promise<void> {
  await tx.$executeRaw`
    update resolutions set undone_at = now(), undone_by_id = ${viewerId}::uuid, undone_reason = ${reason}
     where id = ${id}::uuid`;
  const where = { id: caseId, resolutionId: id };
  await tx.moderationCase.updateMany({ where, data: { resolutionId: null } });
}
