import { lay } from "#app/moderation/effects.server.ts";
import { db } from "#app/server/database.server.ts";

/** A ban as it stands in the database, whoever the person is; for what the pages would not allow. */
export async function banDirectly(
  userId: string,
  { expiresAt = null, reason = "Adverts" }: { expiresAt?: Date | null; reason?: string } = {},
): Promise<string> {
  return db.$transaction(async (tx) => {
    const ban = await tx.ban.create({ data: { userId, moderatorId: userId, reason, expiresAt } });
    const { id } = await tx.moderationAction.create({
      data: { kind: "ban", moderatorUsername: "iris", subjectUserId: userId, reason, expiresAt, banId: ban.id },
    });
    await lay(tx, id, { aspect: "user.ban", subjects: [userId], after: ban.id });
    await tx.session.updateMany({ where: { userId }, data: { banId: ban.id } });
    return ban.id;
  });
}

/** Everything that an act may change, to be compared before and after. */
export async function snapshot(): Promise<unknown> {
  return {
    users: await db.user.findMany({ orderBy: { id: "asc" } }),
    sessions: await db.session.findMany({ orderBy: { id: "asc" }, omit: { updatedAt: true, expiresAt: true } }),
    bans: await db.ban.findMany({ orderBy: { id: "asc" } }),
    posts: await db.post.findMany({ orderBy: { id: "asc" } }),
    heldUsernames: await db.heldUsername.findMany({ orderBy: { id: "asc" } }),
    effects: await db.actEffect.findMany({ orderBy: { id: "asc" } }),
    notifications: await db.notification.findMany({ orderBy: { id: "asc" } }),
    actions: await db.moderationAction.findMany({ orderBy: { id: "asc" } }),
    auditEvents: await db.auditEvent.findMany({ orderBy: { id: "asc" } }),
  };
}
