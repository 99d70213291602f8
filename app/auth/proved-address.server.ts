import { takeCeremony } from "#app/auth/ceremonies.server.ts";
import { consumeProof, findEmailProof } from "#app/auth/email-proofs.server.ts";
import { readJoinToken } from "#app/auth/join-cookie.server.ts";
import { findVouchedNewcomer } from "#app/auth/providers/newcomer.server.ts";
import type { Transaction } from "#app/server/database.server.ts";

/** An address that is a newcomer's, proved by a code or by another site, and what it was proved by. */
export interface ProvedAddress {
  email: string;
  proofToken: string | null;
  vouchedToken: string | null;
}

export async function findProvedAddress(request: Request): Promise<ProvedAddress | null> {
  const vouched = await findVouchedNewcomer(request);
  if (vouched && vouched !== "unproved") {
    return { email: vouched.email, proofToken: vouched.proofToken, vouchedToken: vouched.token };
  }
  const proofToken = readJoinToken(request);
  const proof = await findEmailProof(proofToken);
  return proof?.proved ? { email: proof.email, proofToken, vouchedToken: null } : null;
}

/** Uses a proof up for something else than joining; of those who bring it at once one gets true. */
export async function consumeProvedAddress(
  tx: Transaction,
  { email, proofToken, vouchedToken }: ProvedAddress,
): Promise<boolean> {
  if (vouchedToken && !(await takeCeremony(tx, "provider-newcomer", vouchedToken))) return false;
  return proofToken === null ? vouchedToken !== null : (await consumeProof(tx, proofToken)) === email;
}
