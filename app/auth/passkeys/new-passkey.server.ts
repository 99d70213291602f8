import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import { beginCeremony } from "#app/auth/ceremonies.server.ts";
import { nameOfPasskey } from "#app/auth/passkeys/makers.server.ts";
import { passkeyTimeoutMs, relyingParty, signatureAlgorithms } from "#app/auth/passkeys/relying-party.server.ts";
import { db, type Transaction, violatedConstraint } from "#app/server/database.server.ts";
import { log } from "#app/server/log.server.ts";

/** A passkey that was made for this site, and proved to be held. */
export interface NewPasskey {
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
  backedUp: boolean;
  aaguid: string;
  name: string;
}

/** Whom a passkey is to be made for. */
export interface Holder {
  username: string;
  name: string;
  /** null for somebody who is not a member yet */
  id: string | null;
  /** the passkeys that they have: no device needs a second one */
  has: { credentialId: string }[];
}

/** What a browser needs to make a passkey, and the Set-Cookie value by which it is known again. */
export async function newPasskeyOptions(
  kind: "passkey-new" | "passkey-joining",
  { id, username, name, has }: Holder,
): Promise<{ options: PublicKeyCredentialCreationOptionsJSON; cookie: string }> {
  const site = relyingParty();
  const options = await generateRegistrationOptions({
    rpName: site.name,
    rpID: site.id,
    userName: username,
    userDisplayName: name,
    ...(id && { userID: bytesOf(id) }),
    excludeCredentials: has.map(({ credentialId }) => ({ id: credentialId })),
    supportedAlgorithmIDs: signatureAlgorithms,
    timeout: passkeyTimeoutMs,
    // It stands for both factors: it is held, and it is unlocked. And it says by itself whose it is.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  const { cookie } = await beginCeremony(db, kind, { challenge: options.challenge }, id);
  return { options, cookie };
}

/** Looks at a passkey that a browser says it has made. @returns null where it does not answer that challenge for us */
export async function verifyNewPasskey(
  response: RegistrationResponseJSON,
  challenge: string,
  { userAgent }: RequestFacts,
): Promise<NewPasskey | null> {
  const site = relyingParty();
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: signatureAlgorithms,
  }).catch((error: unknown) => {
    // The library throws for whatever a browser may have said wrongly.
    log.info({ err: error }, "a new passkey was refused");
    return { verified: false, registrationInfo: undefined };
  });
  if (!verified || !registrationInfo) return null;
  const { credential, aaguid, credentialBackedUp } = registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports: credential.transports ?? [],
    backedUp: credentialBackedUp,
    aaguid,
    name: nameOfPasskey(aaguid, userAgent),
  };
}

export async function savePasskey(tx: Transaction, userId: string, passkey: NewPasskey): Promise<void> {
  await tx.passkey.create({ data: { ...passkey, userId }, select: { id: true } });
}

/** Whether the database has refused a passkey because somebody has it. */
export function isKnownPasskey(error: unknown): boolean {
  return violatedConstraint(error)?.includes("credential_id") ?? false;
}

/** A UUID as the sixteen bytes that it is. */
function bytesOf(uuid: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(uuid.replaceAll("-", ""), "hex"));
}
