import { randomBytes, randomInt } from "node:crypto";
import { base32 } from "@better-auth/utils/base32";
import { createOTP } from "@better-auth/utils/otp";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import { giveNotice } from "#app/auth/notices.server.ts";
import { endOtherWaysIn } from "#app/auth/password/new-password.server.ts";
import { stopRecovery } from "#app/auth/recovery/stop-recovery.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import { hashBackupCode, stepOf } from "#app/auth/two-factor/second-factor.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { seal, unseal } from "#app/server/sealing.server.ts";

/** Without 0, 1, i, l and o, which are read for each other. */
const backupLetters = "abcdefghjkmnpqrstuvwxyz23456789";
const backupCodes = 10;
const backupCodeLength = 10;

/** How the viewer's second factor stands. */
export interface SecondFactorState {
  /** ISO; null where there is none */
  since: string | null;
  backupCodesLeft: number;
}

export async function findSecondFactor(viewer: Viewer): Promise<SecondFactorState> {
  const { twoFactor, _count } = await db.user.findUniqueOrThrow({
    where: { id: viewer.id },
    select: {
      twoFactor: { select: { confirmedAt: true } },
      _count: { select: { backupCodes: { where: { usedAt: null } } } },
    },
  });
  return { since: twoFactor?.confirmedAt?.toISOString() ?? null, backupCodesLeft: _count.backupCodes };
}

/** Makes a secret for a new app. It counts for nothing until a code of it has been shown. */
export async function beginEnrolment(viewer: Viewer): Promise<void> {
  const sealed = seal("two-factor", randomBytes(20).toString("hex"));
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    await tx.twoFactor.deleteMany({ where: { userId: viewer.id, confirmedAt: null } });
    await tx.twoFactor.createMany({ data: [{ userId: viewer.id, sealed }], skipDuplicates: true });
  });
}

/** What the app has to be told: as an address for the QR code, and to type. Null where no enrolment is under way. */
export async function findEnrolment(viewer: Viewer): Promise<{ address: string; secret: string } | null> {
  const found = await db.twoFactor.findFirst({
    where: { userId: viewer.id, confirmedAt: null },
    select: { sealed: true },
  });
  if (!found) return null;
  const bytes = unseal("two-factor", found.sealed);
  const secret = base32.encode(bytes, { padding: false });
  return { address: createOTP(bytes).url(settings().siteName, viewer.username), secret };
}

/**
 * Lets the new app count, when it shows the right code, and makes the backup codes.
 * @returns the codes, which nobody gets to see again; null for a wrong code
 */
export async function confirmEnrolment(viewer: Viewer, code: string, facts: RequestFacts): Promise<string[] | null> {
  await spend("second-factor-by-user", viewer.id);
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const found = await tx.twoFactor.findFirst({
      where: { userId: viewer.id, confirmedAt: null },
      select: { sealed: true },
    });
    const step = found && (await stepOf(unseal("two-factor", found.sealed), code));
    if (!step) return null;
    await tx.twoFactor.update({
      where: { userId: viewer.id },
      data: { confirmedAt: new Date(), lastStep: step },
      select: { userId: true },
    });
    // What was opened by the password alone ends.
    await endOtherWaysIn(tx, viewer.id, viewer.sessionId);
    return finish(tx, viewer, "second-factor-on", facts);
  });
}

/** Makes new backup codes; the former ones end. */
export async function renewBackupCodes(viewer: Viewer, facts: RequestFacts): Promise<string[] | null> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const on = await tx.twoFactor.count({ where: { userId: viewer.id, confirmedAt: { not: null } } });
    return on === 0 ? null : finish(tx, viewer, "backup-codes-renewed", facts);
  });
}

async function finish(
  tx: Transaction,
  viewer: Viewer,
  kind: "second-factor-on" | "backup-codes-renewed",
  facts: RequestFacts,
): Promise<string[]> {
  const codes = Array.from({ length: backupCodes }, newBackupCode);
  await tx.backupCode.deleteMany({ where: { userId: viewer.id } });
  await tx.backupCode.createMany({
    data: codes.map((code) => ({ userId: viewer.id, codeHash: hashBackupCode(viewer.id, code) })),
  });
  await recordAndTell(tx, viewer, kind, facts);
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

/** Takes the second factor away, with its backup codes and trusted browsers. @returns whether there was one */
export async function removeSecondFactor(viewer: Viewer, facts: RequestFacts): Promise<boolean> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const { count } = await tx.twoFactor.deleteMany({ where: { userId: viewer.id, confirmedAt: { not: null } } });
    if (count === 0) return false;
    await tx.backupCode.deleteMany({ where: { userId: viewer.id } });
    await tx.trustedDevice.deleteMany({ where: { userId: viewer.id } });
    // A recovery is of this factor, not of a later one.
    await stopRecovery(tx, viewer.id, facts);
    await recordAndTell(tx, viewer, "second-factor-off", facts);
    return true;
  });
}

async function recordAndTell(
  tx: Transaction,
  viewer: Viewer,
  kind: "second-factor-on" | "second-factor-off" | "backup-codes-renewed",
  facts: RequestFacts,
): Promise<void> {
  await recordEvent(tx, kind, { actorId: viewer.id, userId: viewer.id, ...facts });
  await giveNotice(tx, viewer.id, kind, facts);
}

function newBackupCode(): string {
  return Array.from({ length: backupCodeLength }, () => backupLetters[randomInt(backupLetters.length)]).join("");
}
