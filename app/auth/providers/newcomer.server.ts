import { type FoundCeremony, findCeremony, readCeremonyToken, takeCeremony } from "#app/auth/ceremonies.server.ts";
import { findEmailProof } from "#app/auth/email-proofs.server.ts";
import { readJoinToken } from "#app/auth/join-cookie.server.ts";
import { inTransaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { safeFetch } from "#app/server/safe-fetch.server.ts";
import { PictureRefused } from "#app/uploads/images.server.ts";
import { prepareAvatar, type StoredAvatar } from "#app/uploads/uploads.server.ts";

/** Somebody for whom a provider vouches, with an address that is proved: by the provider, or by a code. */
export interface VouchedNewcomer {
  /** of the ceremony */
  token: string;
  vouched: FoundCeremony<"provider-newcomer">["state"];
  email: string;
  /** of the proof by code; null where the provider's word is the proof */
  proofToken: string | null;
}

/**
 * Coming by a provider forgets what this browser had proved by mail. Who has proved an address by mail since goes that
 * way, unless it was for want of the provider's word: another person at the same browser may have come by the provider.
 * @returns "unproved" where a provider vouches for somebody whose address nobody knows yet; null for all others
 */
export async function findVouchedNewcomer(request: Request): Promise<VouchedNewcomer | "unproved" | null> {
  const token = readCeremonyToken("provider-newcomer", request);
  const found = await findCeremony("provider-newcomer", request);
  if (!token || !found) return null;
  const proofToken = readJoinToken(request);
  const proof = await findEmailProof(proofToken);
  const { email } = found.state;
  if (email !== null) return proof?.proved ? null : { token, vouched: found.state, email, proofToken: null };
  return proof?.proved ? { token, vouched: found.state, email: proof.email, proofToken } : "unproved";
}

/** For whom it is somebody else whom the provider has vouched for in this browser. */
export async function forgetVouched(request: Request): Promise<void> {
  const token = readCeremonyToken("provider-newcomer", request);
  if (token) await inTransaction((tx) => takeCeremony(tx, "provider-newcomer", token));
}

/** Fetches the picture that a provider has of somebody, and encodes it anew. @throws PictureRefused */
export async function copyPicture(address: string): Promise<StoredAvatar> {
  const loopback = settings().command === "test";
  const file = await safeFetch(address, { loopback }).catch(() => null);
  if (!file) throw new PictureRefused("The picture could not be fetched. Leave it out, or choose a file.");
  return prepareAvatar(file);
}
