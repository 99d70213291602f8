import { data } from "react-router";
import { isAppealable } from "#app/appeals/appeal.ts";
import { findDecision } from "#app/appeals/decisions.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { inTransaction } from "#app/server/database.server.ts";

/**
 * The viewer appeals against a decision about them: once. The same words sent twice are one appeal.
 * @returns why not, as a sentence; null when it is done
 * @throws a 404 response where no such decision is about them
 */
export async function appealAgainst(viewer: Viewer, actionId: string, body: string): Promise<string | null> {
  const decision = await findDecision(viewer, actionId);
  return inTransaction(async (tx) => {
    // Whoever sends it twice at once waits here for their own row; the unique index says no besides.
    await assertStillMay(tx, viewer, { evenBanned: true });
    const former = await tx.appeal.findUnique({ where: { actionId }, select: { body: true, userId: true } });
    if (former && former.userId !== viewer.id) throw data(null, { status: 404, statusText: "Not Found" });
    if (former) return former.body === body ? null : "You have appealed against this already.";
    if (decision.standing === "undone") return "This decision has been taken back already.";
    if (!isAppealable(decision)) return "There is nothing to appeal against here.";
    await tx.appeal.create({ data: { actionId, userId: viewer.id, body }, select: { id: true } });
    return null;
  });
}
