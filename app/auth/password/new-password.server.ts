import type { RequestFacts } from "#app/auth/browser.server.ts";
import { giveNotice } from "#app/auth/notices.server.ts";
import { passwordProblem } from "#app/auth/password/password-rules.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, type Transaction } from "#app/server/database.server.ts";

/**
 * Gives a person a new password as part of `tx`: what was open by the old one ends with it, which is every other
 * session, every trusted browser, every reset link and every sign-in that waits for its second factor.
 * @param keptSessionId the session that goes on, where one does
 */
export async function setPassword(
  tx: Transaction,
  { userId, hash, keptSessionId }: { userId: string; hash: string; keptSessionId: string | null },
  facts: RequestFacts,
): Promise<void> {
  const { count } = await tx.account.updateMany({
    where: { userId, providerId: "credential" },
    data: { password: hash },
  });
  if (count === 0) {
    const account = { userId, accountId: userId, providerId: "credential", password: hash };
    await tx.account.create({ data: account, select: { id: true } });
  }
  await endOtherWaysIn(tx, userId, keptSessionId);
  await recordEvent(tx, "password-changed", { actorId: userId, userId, ...facts });
  await giveNotice(tx, userId, "password-changed", facts);
}

/** Ends every session of a person but one, and whatever would open another one without a new proof. */
export async function endOtherWaysIn(tx: Transaction, userId: string, keptSessionId: string | null): Promise<void> {
  // Those that a ban ended stay: they show why.
  await tx.session.deleteMany({ where: { userId, banId: null, ...(keptSessionId && { id: { not: keptSessionId } }) } });
  await tx.trustedDevice.deleteMany({ where: { userId } });
  await tx.passwordReset.deleteMany({ where: { userId, usedAt: null } });
  await tx.ceremony.deleteMany({ where: { userId, kind: "second-factor" } });
}

/** Why a person may not have that password, as a sentence; null where they may. */
export async function newPasswordProblem(userId: string, password: string): Promise<string | null> {
  const { username, name, emailAddresses } = await db.user.findUniqueOrThrow({
    where: { id: userId },
    select: { username: true, name: true, emailAddresses: { select: { email: true } } },
  });
  return passwordProblem(password, [username, name, ...emailAddresses.map(({ email }) => email)]);
}
