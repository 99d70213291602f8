import { db } from "#app/server/database.server.ts";

/** Clears away what has had its time: sessions, codes, setup links, ceremonies, counts of limits. Safe to run twice, or at once. */
export async function collectExpired(): Promise<void> {
  const over = { where: { expiresAt: { lt: new Date() } } };
  await db.session.deleteMany(over);
  await db.emailProof.deleteMany(over);
  await db.setupToken.deleteMany(over);
  await db.ceremony.deleteMany(over);
  await db.verification.deleteMany(over);
  await db.releasedUsername.deleteMany({ where: { heldUntil: { lt: new Date() } } });
  await db.rateLimit.deleteMany({ where: { expire: { lt: Date.now() } } });
}
