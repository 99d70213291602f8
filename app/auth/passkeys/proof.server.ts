import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import { beginCeremony } from "#app/auth/ceremonies.server.ts";
import { passkeyTimeoutMs, relyingParty } from "#app/auth/passkeys/relying-party.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, sayIfAway, type Transaction } from "#app/server/database.server.ts";
import { log } from "#app/server/log.server.ts";

/** A passkey that has just signed what it was asked to, seen outside of the transaction that believes it. */
export interface ProvedPasskey {
  id: string;
  userId: string;
  formerCounter: bigint;
  counter: number;
  backedUp: boolean;
}

/** What a browser needs to ask for a passkey, and the Set-Cookie value by which it is known again. */
export async function signatureOptions(
  kind: "passkey-sign-in" | "passkey-proof",
  userId: string | null,
): Promise<{ options: PublicKeyCredentialRequestOptionsJSON; cookie: string }> {
  const own = userId
    ? await db.passkey.findMany({ where: { userId }, select: { credentialId: true, transports: true } })
    : [];
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    userVerification: "required",
    timeout: passkeyTimeoutMs,
    allowCredentials: own.map(({ credentialId }) => ({ id: credentialId })),
  });
  const { cookie } = await beginCeremony(db, kind, { challenge: options.challenge }, userId);
  return { options, cookie };
}

/**
 * Looks at what a passkey has signed. That a passkey is unknown, somebody else's or broken gives the same answer;
 * the ledger knows more.
 * @param userId whose it has to be, where that is known
 */
export async function verifySignature(
  response: AuthenticationResponseJSON,
  challenge: string,
  facts: RequestFacts,
  userId?: string,
): Promise<ProvedPasskey | null> {
  const passkey = await db.passkey.findUnique({
    where: { credentialId: response.id },
    select: { id: true, userId: true, credentialId: true, publicKey: true, counter: true },
  });
  const proved =
    passkey && (userId === undefined || passkey.userId === userId) && (await check(response, challenge, passkey));
  if (proved) return proved;
  await recordEvent(db, "passkey-failed", { userId: passkey?.userId ?? null, ...facts }).catch(sayIfAway);
  return null;
}

interface KnownPasskey {
  id: string;
  userId: string;
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: bigint;
}

async function check(
  response: AuthenticationResponseJSON,
  challenge: string,
  { id, userId, credentialId, publicKey, counter }: KnownPasskey,
): Promise<ProvedPasskey | null> {
  const site = relyingParty();
  try {
    // It refuses a counter that has not moved on: then there are two of that key.
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      credential: { id: credentialId, publicKey, counter: Number(counter) },
      requireUserVerification: true,
    });
    const { newCounter, credentialBackedUp } = authenticationInfo;
    return verified ? { id, userId, formerCounter: counter, counter: newCounter, backedUp: credentialBackedUp } : null;
  } catch (error) {
    // The library throws for whatever a browser may have said wrongly.
    log.info({ err: error }, "a passkey was refused");
    return null;
  }
}

/**
 * Notes the use of a passkey, as part of the transaction that believes it and holds the person's row.
 * @throws PasskeyGone where it was removed meanwhile, or has counted on elsewhere
 */
export async function notePasskeyUse(
  tx: Transaction,
  { id, userId, formerCounter, counter, backedUp }: ProvedPasskey,
): Promise<void> {
  const { count } = await tx.passkey.updateMany({
    where: { id, userId, counter: formerCounter },
    data: { counter, backedUp, lastUsedAt: new Date() },
  });
  if (count === 0) throw new PasskeyGone();
}

export class PasskeyGone extends Error {}

/** null for a passkey that is gone; for `catch` after a transaction. */
export function nullIfGone(error: unknown): null {
  if (error instanceof PasskeyGone) return null;
  throw error;
}
