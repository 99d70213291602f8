import { listProviderIds } from "#app/auth/providers/provider-list.server.ts";
import type { Transaction } from "#app/server/database.server.ts";

/** How many of each way in somebody has. */
export interface WaysIn {
  passwords: number;
  passkeys: number;
  providers: number;
  /** each takes a code by mail */
  provedAddresses: number;
}

/** Whether somebody can still come in when one of a kind is taken from them. Nobody is locked out by us. */
export function canSpare(ways: WaysIn, one: keyof WaysIn): boolean {
  const { passwords, passkeys, providers, provedAddresses } = ways;
  return ways[one] > 0 && passwords + passkeys + providers + provedAddresses > 1;
}

/** Whether nothing is left by which somebody can come in. */
export function isLockedOut({ passwords, passkeys, providers, provedAddresses }: WaysIn): boolean {
  return passwords + passkeys + providers + provedAddresses === 0;
}

/** Somebody's ways in, as part of a transaction that holds their row: none of them goes meanwhile. */
export async function countWaysIn(tx: Transaction, userId: string): Promise<WaysIn> {
  const { accounts, _count } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      accounts: { select: { providerId: true, password: true } },
      _count: { select: { passkeys: true, emailAddresses: { where: { verifiedAt: { not: null } } } } },
    },
  });
  const offered = new Set(listProviderIds());
  return {
    passwords: accounts.filter(({ password }) => password !== null).length,
    // A linked provider that the site does not offer any more lets nobody in.
    providers: accounts.filter(({ providerId }) => offered.has(providerId)).length,
    passkeys: _count.passkeys,
    provedAddresses: _count.emailAddresses,
  };
}
