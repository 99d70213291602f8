import type { Viewer } from "#app/auth/viewer.ts";
import { lockPeople } from "#app/moderation/lock-people.server.ts";
import { type BanForm, durations, type ReasonForm } from "#app/moderation/moderation.ts";
import { type Moderator, recordAction, systemActor } from "#app/moderation/moderation-log.server.ts";
import { type Refusal, rolesBelow, whyNot } from "#app/moderation/policy.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";
import { log } from "#app/server/log.server.ts";
import type { Role } from "#app/users/user.ts";

const dayMs = 86_400_000;

/**
 * Bans a user and ends their sessions, which from then on open the ban's page and nothing else.
 * @returns what forbids it, and then nothing was changed; null when it is done
 * @throws a 404 response where nobody has that username
 */
export function banUser(viewer: Viewer, username: string, { duration, reason }: BanForm): Promise<Refusal | null> {
  return inTransaction(async (tx) => {
    const { moderator, user } = await lockPeople(tx, viewer, username);
    const refusal = whyNot("ban", moderator, user);
    if (refusal) return refusal;
    if (user.banId) await expireBan(tx, user.banId);
    const { days } = durations[duration];
    const expiresAt = days && new Date(Date.now() + days * dayMs);
    const ban = await tx.ban.create({
      data: { userId: user.id, moderatorId: moderator.id, reason, expiresAt },
      select: { id: true },
    });
    const { count } = await tx.user.updateMany({
      where: { id: user.id, role: { in: rolesBelow(moderator.role) }, banned: false },
      data: { banned: true, banId: ban.id },
    });
    if (count !== 1) throw new Error("The user changed in spite of the lock");
    await tx.$executeRaw`
      update sessions set ban_id = ${ban.id}::uuid where user_id = ${user.id}::uuid and ban_id is null`;
    await recordAction(tx, {
      kind: "ban",
      expiresAt: expiresAt?.toISOString() ?? null,
      moderator,
      subject: user,
      reason,
      banId: ban.id,
    });
    return null;
  });
}

/**
 * Lifts a ban before its time. The sessions that it ended are gone for good: the person signs in anew.
 * @returns what forbids it, and then nothing was changed; null when it is done
 * @throws a 404 response where nobody has that username
 */
export function unbanUser(viewer: Viewer, username: string, { reason }: ReasonForm): Promise<Refusal | null> {
  return inTransaction(async (tx) => {
    const { moderator, user } = await lockPeople(tx, viewer, username);
    const refusal = whyNot("unban", moderator, user);
    if (refusal) return refusal;
    const lifted =
      user.banId &&
      (await liftBan(tx, { kind: "unban", banId: user.banId, moderator, reason, roles: rolesBelow(moderator.role) }));
    if (!lifted) throw new Error("The user changed in spite of the lock");
    return null;
  });
}

/** Lifts every ban whose time is over; safe to run in several processes at once. Returns how many it lifted. */
export async function liftExpiredBans(): Promise<number> {
  const due = await db.ban.findMany({
    where: { liftedAt: null, expiresAt: { lte: new Date() } },
    orderBy: { expiresAt: "asc" },
    select: { id: true },
  });
  let lifted = 0;
  let failure: unknown;
  for (const { id } of due) {
    try {
      if (await inTransaction((tx) => expireBan(tx, id))) lifted += 1;
    } catch (error) {
      // The others still get their right.
      log.error({ err: error, ban: id }, "an expired ban was not lifted");
      failure = error;
    }
  }
  if (failure) throw failure;
  return lifted;
}

function expireBan(tx: Transaction, banId: string): Promise<boolean> {
  return liftBan(tx, { kind: "ban-expired", banId, moderator: systemActor, reason: "The time of the ban is over." });
}

/** Returns false, and does nothing, when the ban was lifted already. */
async function liftBan(
  tx: Transaction,
  {
    kind,
    banId,
    moderator,
    reason,
    roles,
  }: { kind: "unban" | "ban-expired"; banId: string; moderator: Moderator; reason: string; roles?: Role[] },
): Promise<boolean> {
  const [user] = await tx.user.updateManyAndReturn({
    where: { banId, role: roles && { in: roles } },
    data: { banned: false, banId: null },
    select: { id: true, username: true },
  });
  if (!user) return false;
  await tx.ban.update({ where: { id: banId }, data: { liftedAt: new Date() }, select: { id: true } });
  await tx.session.deleteMany({ where: { banId } });
  const ban = await tx.moderationAction.findFirst({
    where: { subjectUserId: user.id, banId, kind: "ban" },
    select: { id: true },
  });
  await recordAction(tx, { kind, moderator, subject: user, reason, banId, reversesId: ban?.id });
  return true;
}
