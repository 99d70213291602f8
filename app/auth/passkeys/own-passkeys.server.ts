import type { RegistrationResponseJSON } from "@simplewebauthn/server";
import type { Browser, RequestFacts } from "#app/auth/browser.server.ts";
import { takeCeremony } from "#app/auth/ceremonies.server.ts";
import { giveNotice } from "#app/auth/notices.server.ts";
import {
  isKnownPasskey,
  newPasskeyOptions,
  savePasskey,
  verifyNewPasskey,
} from "#app/auth/passkeys/new-passkey.server.ts";
import { mostPasskeys, type OwnPasskey } from "#app/auth/passkeys/passkey.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { canSpare, countWaysIn } from "#app/auth/ways-in.server.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";

const shown = { id: true, name: true, createdAt: true, lastUsedAt: true, backedUp: true } as const;

/** The viewer's passkeys, the newest first. */
export async function listPasskeys(viewer: Viewer): Promise<OwnPasskey[]> {
  const rows = await db.passkey.findMany({
    where: { userId: viewer.id },
    select: shown,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows.map(toOwn);
}

export async function findPasskey(viewer: Viewer, id: string): Promise<OwnPasskey | null> {
  const row = await db.passkey.findFirst({ where: { id, userId: viewer.id }, select: shown });
  return row && toOwn(row);
}

function toOwn(row: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null; backedUp: boolean }) {
  return { ...row, createdAt: row.createdAt.toISOString(), lastUsedAt: row.lastUsedAt?.toISOString() ?? null };
}

/** What the viewer's browser needs to make one more passkey. */
export async function beginPasskey(viewer: Viewer) {
  await spend("fresh-proof-by-user", viewer.id);
  const has = await db.passkey.findMany({ where: { userId: viewer.id }, select: { credentialId: true } });
  return newPasskeyOptions("passkey-new", { ...viewer, has });
}

/**
 * Adds the passkey that the viewer's browser has made.
 * @param name null for one of ours
 * @returns why not, as a sentence; null when it is done
 */
export async function addPasskey(
  viewer: Viewer,
  { response, token, name }: { response: RegistrationResponseJSON | null; token: string | null; name: string | null },
  { facts }: Browser,
): Promise<string | null> {
  const ceremony = token && (await takeCeremony(db, "passkey-new", token));
  if (!ceremony || ceremony.userId !== viewer.id) return "That took too long. Try again.";
  const made = response && (await verifyNewPasskey(response, ceremony.state.challenge, facts));
  if (!made) return "That passkey cannot be used here. Try again, or with another device.";
  try {
    return await inTransaction(async (tx) => {
      await assertStillMay(tx, viewer);
      if ((await tx.passkey.count({ where: { userId: viewer.id } })) >= mostPasskeys) {
        return `You have ${mostPasskeys} passkeys already. Remove one first.`;
      }
      await savePasskey(tx, viewer.id, { ...made, name: name ?? made.name });
      await record(tx, viewer, "passkey-added", facts);
      return null;
    });
  } catch (error) {
    if (isKnownPasskey(error)) return "That passkey is in use already. Make another one.";
    throw error;
  }
}

/** @returns false where it is none of the viewer's */
export async function renamePasskey(viewer: Viewer, id: string, name: string): Promise<boolean> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    return (await tx.passkey.updateMany({ where: { id, userId: viewer.id }, data: { name } })).count > 0;
  });
}

/** Removes one of the viewer's passkeys, unless they could not come in any more. */
export async function removePasskey(
  viewer: Viewer,
  id: string,
  facts: RequestFacts,
): Promise<"removed" | "not-theirs" | "last-way-in"> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    if ((await tx.passkey.count({ where: { id, userId: viewer.id } })) === 0) return "not-theirs";
    if (!canSpare(await countWaysIn(tx, viewer.id), "passkeys")) return "last-way-in";
    await tx.passkey.deleteMany({ where: { id, userId: viewer.id } });
    await record(tx, viewer, "passkey-removed", facts);
    return "removed";
  });
}

async function record(
  tx: Transaction,
  viewer: Viewer,
  kind: "passkey-added" | "passkey-removed",
  facts: RequestFacts,
): Promise<void> {
  await recordEvent(tx, kind, { actorId: viewer.id, userId: viewer.id, ...facts });
  await giveNotice(tx, viewer.id, kind, facts);
}
