import type { RequestFacts } from "#app/auth/browser.server.ts";
import { deviceOf } from "#app/auth/device.ts";
import type { SignedInDevice, Trusted } from "#app/auth/devices/devices.ts";
import { networkOf } from "#app/auth/network.server.ts";
import { endOtherWaysIn } from "#app/auth/password/new-password.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";

/** More than anybody looks through. */
const mostLines = 100;

/** Where the viewer is signed in, the one used last first. Neither tokens nor whole addresses leave this function. */
export async function listDevices(viewer: Viewer): Promise<SignedInDevice[]> {
  const sessions = await db.session.findMany({
    where: { userId: viewer.id, banId: null, expiresAt: { gt: new Date() } },
    orderBy: { updatedAt: "desc" },
    take: mostLines,
    select: { id: true, userAgent: true, ipAddress: true, createdAt: true, updatedAt: true },
  });
  return sessions.map(({ id, userAgent, ipAddress, createdAt, updatedAt }) => ({
    id,
    device: deviceOf(userAgent),
    network: networkOf(ipAddress),
    createdAt: createdAt.toISOString(),
    lastUsedAt: updatedAt.toISOString(),
    here: id === viewer.sessionId,
  }));
}

/** The browsers that the viewer's second factor is not asked in. */
export async function listTrusted(viewer: Viewer): Promise<Trusted[]> {
  const rows = await db.trustedDevice.findMany({
    where: { userId: viewer.id, expiresAt: { gt: new Date() } },
    orderBy: { createdAt: "desc" },
    take: mostLines,
    select: { id: true, userAgent: true, ipAddress: true, createdAt: true, expiresAt: true },
  });
  return rows.map(({ id, userAgent, ipAddress, createdAt, expiresAt }) => ({
    id,
    device: deviceOf(userAgent),
    network: networkOf(ipAddress),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}

/** Signs exactly one device of the viewer's out. @returns whether there was one of theirs */
export async function endDevice(viewer: Viewer, sessionId: string, facts: RequestFacts): Promise<boolean> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const { count } = await tx.session.deleteMany({ where: { id: sessionId, userId: viewer.id, banId: null } });
    if (count > 0) await recordEnd(tx, viewer, facts, { ended: 1 });
    return count > 0;
  });
}

/** Signs the viewer out everywhere but here; browsers that were trusted are so no longer. */
export async function endOtherDevices(viewer: Viewer, facts: RequestFacts): Promise<void> {
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    await endOtherWaysIn(tx, viewer.id, viewer.sessionId);
    await recordEnd(tx, viewer, facts, { everywhere: true });
  });
}

async function recordEnd(tx: Transaction, viewer: Viewer, facts: RequestFacts, details: object): Promise<void> {
  await recordEvent(tx, "devices-signed-out", {
    actorId: viewer.id,
    userId: viewer.id,
    ...facts,
    details: { ...details },
  });
}
