import { declinedDays } from "#app/joining/joining.ts";
import { db } from "#app/server/database.server.ts";

/**
 * Clears away what has had its time: sessions, codes, setup links, ceremonies, recoveries,
 * trusted browsers, requests to join, counts of limits. Safe to run twice, or at once.
 */
export async function collectExpired(): Promise<void> {
  const over = { where: { expiresAt: { lt: new Date() } } };
  // What a moderator ended stays for a while: that can be undone.
  await db.$executeRaw`
    delete from sessions s where expires_at < now()
       and not exists (select from act_effects e where e.aspect = 'session.expiry' and e.subject = s.id::text
                        and e.undone_at is null and e.before::timestamptz > now())`;
  await db.emailProof.deleteMany(over);
  await db.setupToken.deleteMany(over);
  await db.ceremony.deleteMany(over);
  await db.factorRecovery.deleteMany(over);
  await db.trustedDevice.deleteMany(over);
  await db.verification.deleteMany(over);
  await db.releasedUsername.deleteMany({ where: { heldUntil: { lt: new Date() } } });
  // Their addresses are nobody's of ours.
  await db.$executeRaw`
    delete from join_requests where decided_at < now() - make_interval(days => ${declinedDays}::int)`;
  await db.rateLimit.deleteMany({ where: { expire: { lt: Date.now() } } });
}
