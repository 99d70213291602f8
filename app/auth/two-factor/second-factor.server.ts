import { createHmac } from "node:crypto";
import { createOTP } from "@better-auth/utils/otp";
import type { Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { unseal } from "#app/server/sealing.server.ts";

/** RFC 6238: a code holds for 30 seconds; the one before and the one after are taken too, for clocks that differ. */
const stepSeconds = 30;
const steps = [0, -1, 1];

/**
 * Whether a code is the person's second factor now, as part of `tx`; what is right counts once: the code's step and
 * all before it are used up, and so is a backup code.
 * @param code six digits of the app, or a backup code without spaces
 * @returns which of the two it was, or null
 */
export async function takeSecondFactor(
  tx: Transaction,
  userId: string,
  code: string,
): Promise<"app" | "backup" | null> {
  if (/^\d{6}$/.test(code)) return (await takeAppCode(tx, userId, code)) ? "app" : null;
  const { count } = await tx.backupCode.updateMany({
    where: {
      userId,
      codeHash: hashBackupCode(userId, code),
      usedAt: null,
      user: { twoFactor: { confirmedAt: { not: null } } },
    },
    data: { usedAt: new Date() },
  });
  return count > 0 ? "backup" : null;
}

async function takeAppCode(tx: Transaction, userId: string, code: string): Promise<boolean> {
  const found = await tx.twoFactor.findFirst({
    where: { userId, confirmedAt: { not: null } },
    select: { sealed: true },
  });
  const step = found && (await stepOf(unseal("two-factor", found.sealed), code));
  if (!step) return false;
  const { count } = await tx.twoFactor.updateMany({
    where: { userId, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count > 0;
}

/** The step of time at which a secret makes this code, or null where it is none of about now. */
export async function stepOf(secret: string, code: string): Promise<number | null> {
  const now = Math.floor(Date.now() / 1000 / stepSeconds);
  const otp = createOTP(secret, { digits: 6, period: stepSeconds });
  let found: number | null = null;
  // All of them are made, so that the time does not say which.
  for (const distance of steps) if ((await otp.hotp(now + distance)) === code) found = now + distance;
  return found;
}

/** A backup code's form in the database. It has 50 random bits, so that a fast hash under our secret is enough. */
export function hashBackupCode(userId: string, code: string): string {
  return createHmac("sha256", settings().authSecret).update(`backup ${userId} ${code}`).digest("hex");
}
