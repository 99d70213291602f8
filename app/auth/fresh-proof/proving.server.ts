import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import type { Browser } from "#app/auth/browser.server.ts";
import { takeCeremony } from "#app/auth/ceremonies.server.ts";
import { consumeAddress, proveAddress, requestCode } from "#app/auth/email-proofs.server.ts";
import { notePasskeyUse, nullIfGone, verifySignature } from "#app/auth/passkeys/proof.server.ts";
import { verifyPassword } from "#app/auth/password/passwords.server.ts";
import type { ProviderChoice } from "#app/auth/providers/provider.ts";
import { listChoicesAmong } from "#app/auth/providers/provider-list.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import { takeSecondFactor } from "#app/auth/two-factor/second-factor.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";

/** What a person may prove themselves by once more. */
export type FreshProof = "password" | "code" | "passkey" | "second-factor" | "provider";

/** Notes in the viewer's session that they have just proved who they are. */
export async function proveFresh(tx: Transaction, viewer: Viewer, proof: FreshProof, browser: Browser): Promise<void> {
  await assertStillMay(tx, viewer, { evenBanned: true });
  const now = new Date();
  const data = proof === "passkey" ? { provedAt: now, passkeyAt: now } : { provedAt: now };
  await tx.session.update({ where: { id: viewer.sessionId }, data, select: { id: true } });
  const { id } = viewer;
  await recordEvent(tx, "proved-again", { actorId: id, userId: id, ...browser.facts, details: { proof } });
}

/** Tries the viewer's password. @returns whether it was right, and then the proof is fresh */
export async function proveByPassword(viewer: Viewer, password: string, browser: Browser): Promise<boolean> {
  await spend("fresh-proof-by-user", viewer.id);
  const hash = await findPasswordHash(viewer.id);
  if (!(await verifyPassword(hash, password))) return false;
  await inTransaction((tx) => proveFresh(tx, viewer, "password", browser));
  return true;
}

/** Mails a code to the viewer's primary address. @returns the browser's token for it */
export async function sendProofCode(viewer: Viewer, formerToken: string | null, browser: Browser): Promise<string> {
  const { email } = await db.user.findUniqueOrThrow({ where: { id: viewer.id }, select: { email: true } });
  return requestCode(email, formerToken, browser.device);
}

/** Tries a mailed code. @returns null when it was right and the proof is fresh, else what is wrong with it */
export async function proveByCode(
  viewer: Viewer,
  { token, code }: { token: string | null; code: string },
  browser: Browser,
): Promise<string | null> {
  await spend("fresh-proof-by-user", viewer.id);
  const proved = await proveAddress(token, code, browser.device);
  if ("is" in proved) {
    return proved.is === "over" ? "This code does not work any more. Send a new one." : "That is not the code.";
  }
  const fresh = await inTransaction(async (tx) => {
    const own = await tx.emailAddress.count({ where: { userId: viewer.id, email: proved.email } });
    if (own === 0 || !(await consumeAddress(tx, proved))) return false;
    await proveFresh(tx, viewer, "code", browser);
    return true;
  });
  return fresh ? null : "This code does not work any more. Send a new one.";
}

/** Tries the viewer's second factor. @returns whether it was right, and then the proof is fresh */
export async function proveBySecondFactor(viewer: Viewer, code: string, browser: Browser): Promise<boolean> {
  await spend("fresh-proof-by-user", viewer.id);
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer, { evenBanned: true });
    if (!(await takeSecondFactor(tx, viewer.id, code))) return false;
    await proveFresh(tx, viewer, "second-factor", browser);
    return true;
  });
}

/** Looks at what the viewer's passkey has signed. @returns whether it was right, and then the proof is fresh */
export async function proveByPasskey(
  viewer: Viewer,
  { response, token }: { response: AuthenticationResponseJSON | null; token: string | null },
  browser: Browser,
): Promise<boolean> {
  await spend("fresh-proof-by-user", viewer.id);
  const ceremony = token && (await takeCeremony(db, "passkey-proof", token));
  if (!ceremony || ceremony.userId !== viewer.id || !response) return false;
  const proved = await verifySignature(response, ceremony.state.challenge, browser.facts, viewer.id);
  if (!proved) return false;
  const fresh = await inTransaction(async (tx) => {
    await proveFresh(tx, viewer, "passkey", browser);
    await notePasskeyUse(tx, proved);
    return true;
  }).catch(nullIfGone);
  return fresh ?? false;
}

/** Which proofs the viewer has, the quickest first. */
export async function listProofs(
  viewer: Viewer,
): Promise<{ password: boolean; secondFactor: boolean; passkey: boolean; providers: ProviderChoice[] }> {
  const found = await db.user.findUniqueOrThrow({
    where: { id: viewer.id },
    select: {
      accounts: { select: { providerId: true, password: true } },
      twoFactor: { where: { confirmedAt: { not: null } }, select: { userId: true } },
      passkeys: { select: { id: true }, take: 1 },
    },
  });
  return {
    password: found.accounts.some(({ providerId, password }) => providerId === "credential" && password !== null),
    secondFactor: found.twoFactor !== null,
    passkey: found.passkeys.length > 0,
    // The way back from a provider is closed to banned people: a code does it.
    providers: viewer.banned ? [] : listChoicesAmong(found.accounts.map(({ providerId }) => providerId)),
  };
}

async function findPasswordHash(userId: string): Promise<string | null> {
  const account = await db.account.findFirst({
    where: { userId, providerId: "credential" },
    select: { password: true },
  });
  return account?.password ?? null;
}
