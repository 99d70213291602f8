import type { Browser } from "#app/auth/browser.server.ts";
import { isKnownDevice } from "#app/auth/device-cookie.server.ts";
import { type Entry, enter } from "#app/auth/door.server.ts";
import { noAccountMail, resetMail } from "#app/auth/mails.server.ts";
import { newPasswordProblem, setPassword } from "#app/auth/password/new-password.server.ts";
import { hashPassword } from "#app/auth/password/passwords.server.ts";
import { hashOf, newToken } from "#app/auth/tokens.server.ts";
import { giveBack, source, spend } from "#app/middleware/rate-limit.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { queueMail } from "#app/server/mail.server.ts";

/** As long as the counts last: when they are used up, by whomever, the newest link still works. */
export const resetLinkMinutes = 60;

/**
 * Mails a link for a new password to an address, which ends every earlier link; an address that nobody has gets a
 * mail that says so. The answer and the time that it takes are the same: the browser learns nothing.
 */
export async function requestPasswordReset(email: string, browser: Browser): Promise<void> {
  await spendOnReset(email, browser.device);
  const token = newToken();
  const goodUntil = new Date(Date.now() + resetLinkMinutes * 60_000);
  const { siteName, siteUrl } = settings();
  await inTransaction(async (tx) => {
    const user = await findByAddress(tx, email);
    if (user) {
      await tx.passwordReset.deleteMany({ where: { userId: user.id, usedAt: null } });
      await tx.passwordReset.create({
        data: { tokenHash: hashOf(token), userId: user.id, expiresAt: goodUntil },
        select: { tokenHash: true },
      });
    }
    const link = `${siteUrl}/reset-password?token=${token}`;
    const about = { siteName, siteUrl, link, minutes: resetLinkMinutes };
    const mail = user ? resetMail({ ...about, name: user.name }) : noAccountMail(about);
    await queueMail(tx, { to: email, goodUntil: goodUntil.toISOString(), ...mail });
  });
}

/** Strangers and the person's own browsers are counted apart, as for codes. */
async function spendOnReset(email: string, device: string | null): Promise<void> {
  const facts = { mailed: "links" };
  if (isKnownDevice(device, email)) {
    await spend("reset-by-device", email, facts);
    return;
  }
  await spend("reset-by-source");
  const pair = `${source()} ${email}`;
  await spend("reset-by-pair", pair, facts);
  try {
    await spend("reset-by-target", email, facts);
  } catch (error) {
    await giveBack("reset-by-pair", pair);
    throw error;
  }
}

/** An address counts that was proved, and the one that the first admin gave. */
function findByAddress(tx: Transaction, email: string) {
  return tx.user.findFirst({ where: { emailAddresses: { some: { email } } }, select: { id: true, name: true } });
}

/** Whose password a link still changes; null for a link that is used, replaced or too old. */
export async function findPasswordReset(token: string): Promise<{ userId: string; username: string } | null> {
  const found = await db.passwordReset.findFirst({
    where: { tokenHash: hashOf(token), usedAt: null, expiresAt: { gt: new Date() } },
    select: { userId: true, user: { select: { username: true } } },
  });
  return found && { userId: found.userId, username: found.user.username };
}

export type ResetAnswer = { is: "set"; entry: Entry } | { is: "refused"; message: string } | { is: "over" };

/**
 * Sets the password that a link allows, and uses the link up: every session ends, and the browser with the link is
 * let in, by the second factor where the person has one. Of two at once one wins.
 */
export async function resetPassword(token: string, password: string, browser: Browser): Promise<ResetAnswer> {
  const reset = await findPasswordReset(token);
  if (!reset) return { is: "over" };
  const { userId } = reset;
  const message = await newPasswordProblem(userId, password);
  if (message) return { is: "refused", message };
  const hash = await hashPassword(password);
  return inTransaction(async (tx) => {
    await tx.$queryRaw`select 1 from users where id = ${userId}::uuid for no key update`;
    const { count } = await tx.passwordReset.updateMany({
      where: { tokenHash: hashOf(token), usedAt: null, expiresAt: { gt: new Date() } },
      data: { usedAt: new Date() },
    });
    if (count === 0) return { is: "over" };
    await setPassword(tx, { userId, hash, keptSessionId: null }, browser.facts);
    return { is: "set", entry: await enter(tx, userId, "reset", browser) };
  });
}
