import type { RequestFacts } from "#app/auth/browser.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import type { Transaction } from "#app/server/database.server.ts";

/** Ends the recovery of a person's second factor that is under way, if one is. @returns whether one was */
export async function stopRecovery(tx: Transaction, userId: string, facts: RequestFacts): Promise<boolean> {
  const { count } = await tx.factorRecovery.updateMany({
    where: { userId, vetoedAt: null, usedAt: null },
    data: { vetoedAt: new Date() },
  });
  if (count > 0) await recordEvent(tx, "factor-recovery-stopped", { userId, ...facts });
  return count > 0;
}
