import { listProviderIds } from "#app/auth/providers/provider-list.server.ts";
import type { Transaction } from "#app/server/database.server.ts";

/**
 * In how many ways a person can come in: a password, each passkey, each linked provider that the site offers, and
 * each proved address, by a code. Whoever takes one away counts afterwards, while holding the person's row.
 */
export async function countWaysIn(tx: Transaction, userId: string): Promise<number> {
  const accounts = await tx.account.count({
    where: {
      userId,
      OR: [{ providerId: "credential", password: { not: null } }, { providerId: { in: listProviderIds() } }],
    },
  });
  const passkeys = await tx.passkey.count({ where: { userId } });
  const addresses = await tx.emailAddress.count({ where: { userId, verifiedAt: { not: null } } });
  return accounts + passkeys + addresses;
}
