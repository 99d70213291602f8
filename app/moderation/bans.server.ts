import { lay } from "#app/moderation/effects.server.ts";
import { recordAction, systemActor, tellOutcomeOf } from "#app/moderation/moderation-log.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";
import { log } from "#app/server/log.server.ts";

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

/**
 * Lifts a ban whose time is over, with a line in the log. The sessions that it ended stay ended: the person signs in
 * anew. Returns false, and does nothing, when the ban does not stand any more.
 */
export async function expireBan(tx: Transaction, banId: string): Promise<boolean> {
  const [subject] = await tx.$queryRaw<{ id: string; username: string }[]>`
    select id::text, username from users where ban_id = ${banId}::uuid for no key update`;
  if (!subject) return false;
  const ban = await tx.moderationAction.findFirst({
    where: { subjectUserId: subject.id, banId, kind: "ban" },
    select: { id: true },
  });
  const action = { kind: "ban-expired", subject } as const;
  const actionId = await recordAction(tx, {
    ...action,
    moderator: systemActor,
    reason: "The time of the ban is over.",
    banId,
    reversesId: ban?.id,
  });
  await lay(tx, actionId, { aspect: "user.ban", subjects: [subject.id], after: null });
  await tellOutcomeOf(tx, actionId, action);
  return true;
}
