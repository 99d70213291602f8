import { hashOf } from "#app/auth/tokens.server.ts";
import type { Transaction } from "#app/server/database.server.ts";

/** Whether a browser is one that the person need not show their second factor on again; notes its use. */
export async function isTrusted(tx: Transaction, userId: string, token: string | null): Promise<boolean> {
  if (token === null) return false;
  const { count } = await tx.trustedDevice.updateMany({
    where: { userId, tokenHash: hashOf(token), expiresAt: { gt: new Date() } },
    data: { lastUsedAt: new Date() },
  });
  return count > 0;
}
