import { z } from "zod";
import type { Browser, RequestFacts } from "#app/auth/browser.server.ts";
import { takeCeremony } from "#app/auth/ceremonies.server.ts";
import { type Entry, enter } from "#app/auth/door.server.ts";
import { recoveryBegunMail } from "#app/auth/mails.server.ts";
import { giveNotice } from "#app/auth/notices.server.ts";
import { endOtherWaysIn } from "#app/auth/password/new-password.server.ts";
import { type RecoveryState, recoveryHours, recoveryOpenDays } from "#app/auth/recovery/factor-recovery.ts";
import { stopRecovery } from "#app/auth/recovery/stop-recovery.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import { hashOf, newToken } from "#app/auth/tokens.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { queueMail } from "#app/server/mail.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { type Role, roles } from "#app/users/user.ts";

/** How a recovery stands, for somebody who has just shown their first factor. */
export async function findRecovery(userId: string): Promise<RecoveryState> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { role: true } });
  return user ? stateOf(db, userId, user.role) : { is: "over" };
}

/**
 * Begins the recovery of a lost second factor for who has shown the first one, and uses that up. Every address of
 * theirs is told at once, with a link that stops it; their devices say it on every page.
 * @param first the sign-in that waits for its second factor
 */
export async function beginRecovery(
  { userId, token }: { userId: string; token: string },
  { facts }: Browser,
): Promise<RecoveryState> {
  await spend("recovery-by-user", userId);
  return inTransaction(async (tx) => {
    const user = await holdUser(tx, userId);
    if (!user) return { is: "over" };
    const state = await stateOf(tx, userId, user.role);
    if (state.is !== "none") return state;
    if (!(await takeCeremony(tx, "second-factor", token))) return { is: "over" };
    // One whose time is over was never stopped, and is in the way of the next.
    await tx.factorRecovery.deleteMany({ where: { userId, expiresAt: { lte: new Date() } } });
    const readyAt = new Date(Date.now() + recoveryHours * 3_600_000);
    const expiresAt = new Date(readyAt.getTime() + recoveryOpenDays * 86_400_000);
    const veto = newToken();
    await tx.factorRecovery.create({
      data: { userId, vetoTokenHash: hashOf(veto), readyAt, expiresAt },
      select: { id: true },
    });
    await recordEvent(tx, "factor-recovery-begun", { userId, ...facts });
    const { siteName, siteUrl } = settings();
    const link = `${siteUrl}/stop-recovery?token=${veto}`;
    const { name, username } = user;
    const mail = recoveryBegunMail({ name, username, link, readyAt, ...facts, siteName, siteUrl });
    for (const to of await listToldAddresses(tx, userId)) await queueMail(tx, { to, ...mail });
    return { is: "waiting", readyAt: readyAt.toISOString() };
  });
}

/**
 * Takes the second factor off after the delay, for who has shown the first one anew: every session and every trusted
 * browser ends, and the browser is let in.
 */
export async function finishRecovery(
  { userId, token }: { userId: string; token: string },
  browser: Browser,
): Promise<{ is: "in"; entry: Entry } | RecoveryState> {
  return inTransaction(async (tx) => {
    const user = await holdUser(tx, userId);
    if (!user) return { is: "over" };
    const state = await stateOf(tx, userId, user.role);
    if (state.is !== "ready") return state;
    const first = await takeCeremony(tx, "second-factor", token);
    if (!first) return { is: "over" };
    await tx.factorRecovery.updateMany({
      where: { userId, vetoedAt: null, usedAt: null },
      data: { usedAt: new Date() },
    });
    await tx.twoFactor.deleteMany({ where: { userId } });
    await tx.backupCode.deleteMany({ where: { userId } });
    await endOtherWaysIn(tx, userId, null);
    await recordEvent(tx, "second-factor-recovered", { actorId: userId, userId, ...browser.facts });
    await giveNotice(tx, userId, "second-factor-recovered", browser.facts);
    return { is: "in", entry: await enter(tx, userId, first.state.proof, browser) };
  });
}

/** Whose second factor a link keeps from being taken off; null for a link that is over. */
export async function findVeto(token: string): Promise<{ username: string } | null> {
  const found = await db.factorRecovery.findFirst({ where: openBy(token), select: { user: true } });
  return found && { username: found.user.username };
}

/** Stops a recovery by the link in a mail. @returns whether there was one to stop */
export async function stopByLink(token: string, facts: RequestFacts): Promise<boolean> {
  return inTransaction(async (tx) => {
    const found = await tx.factorRecovery.findFirst({ where: openBy(token), select: { userId: true } });
    if (!found) return false;
    await holdUser(tx, found.userId);
    return stopAndTell(tx, found.userId, facts);
  });
}

/** Stops the recovery of the viewer's own second factor. @returns whether there was one to stop */
export async function stopOwnRecovery(viewer: Viewer, facts: RequestFacts): Promise<boolean> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    return stopAndTell(tx, viewer.id, facts);
  });
}

async function stopAndTell(tx: Transaction, userId: string, facts: RequestFacts): Promise<boolean> {
  const stopped = await stopRecovery(tx, userId, facts);
  if (stopped) await giveNotice(tx, userId, "factor-recovery-stopped", facts);
  return stopped;
}

async function stateOf(
  tx: Pick<Transaction, "siteSetting" | "factorRecovery">,
  userId: string,
  role: Role,
): Promise<RecoveryState> {
  const { factorRecovery, staffSecondFactor } = await findSiteSetting("signIn", tx);
  if (!factorRecovery) return { is: "not-offered" };
  if (staffSecondFactor && role !== "member") return { is: "staff" };
  const open = await tx.factorRecovery.findFirst({
    where: { userId, vetoedAt: null, usedAt: null, expiresAt: { gt: new Date() } },
    select: { readyAt: true },
  });
  if (!open) return { is: "none" };
  return open.readyAt <= new Date() ? { is: "ready" } : { is: "waiting", readyAt: open.readyAt.toISOString() };
}

/** Whoever begins, finishes and stops comes one after another. */
async function holdUser(tx: Transaction, userId: string) {
  const [user] = heldUser.parse(
    await tx.$queryRaw`
      select name, username, role::text from users where id = ${userId}::uuid for no key update`,
  );
  return user;
}

const heldUser = z.array(z.object({ name: z.string(), username: z.string(), role: z.enum(roles) }));

/** Those that the person has proved, and the primary one. */
async function listToldAddresses(tx: Transaction, userId: string): Promise<string[]> {
  const { email: primary, emailAddresses } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, emailAddresses: { where: { verifiedAt: { not: null } }, select: { email: true } } },
  });
  return [...new Set([primary, ...emailAddresses.map(({ email }) => email)])].sort();
}

function openBy(token: string) {
  return { vetoTokenHash: hashOf(token), vetoedAt: null, usedAt: null, expiresAt: { gt: new Date() } };
}
