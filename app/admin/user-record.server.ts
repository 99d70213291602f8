import { z } from "zod";
import type { SessionLine, UserRecord } from "#app/admin/user-record.ts";
import { toUserLine, userColumns, userJoins, userRow } from "#app/admin/users.server.ts";
import { deviceOf } from "#app/auth/device.ts";
import { networkOf } from "#app/auth/network.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { seesEmails } from "#app/moderation/policy.ts";
import { usernameKeyOf } from "#app/moderation/subjects.server.ts";
import { db, select } from "#app/server/database.server.ts";
import { avatarUrl } from "#app/users/user.ts";

/** A user for the people who keep the place, or null. The e-mail is there for admins only. */
export async function findUserRecord(viewer: Viewer, username: string): Promise<UserRecord | null> {
  const values = [usernameKeyOf(username), seesEmails(viewer)];
  const [row] = await select("user-record", userRecordSql, values, userRecordRow);
  if (!row) return null;
  const { bio, website, bannedAt, bannedBy } = row;
  const line = toUserLine(row);
  return {
    ...line,
    avatar: avatarUrl(row, "large"),
    bio,
    website,
    silenced: row.silencedUntil !== null,
    silencedUntil: row.silencedUntil?.toISOString() ?? null,
    ban:
      row.banned && bannedAt
        ? {
            createdAt: bannedAt.toISOString(),
            expiresAt: line.banExpiresAt,
            moderatorUsername: bannedBy,
          }
        : null,
  };
}

/** Sessions on the page of one user. */
const sessionLines = 20;

/** Where a user is signed in, the one used last first. Neither tokens nor whole addresses leave this function. */
export async function listSessions(userId: string): Promise<SessionLine[]> {
  const sessions = await db.session.findMany({
    where: { userId, expiresAt: { gt: new Date() } },
    orderBy: { updatedAt: "desc" },
    take: sessionLines,
    select: { id: true, userAgent: true, ipAddress: true, createdAt: true, updatedAt: true, banId: true },
  });
  return sessions.map(({ id, userAgent, ipAddress, createdAt, updatedAt, banId }) => ({
    id,
    device: deviceOf(userAgent),
    network: networkOf(ipAddress),
    createdAt: createdAt.toISOString(),
    lastUsedAt: updatedAt.toISOString(),
    endedByBan: banId !== null,
  }));
}

const userRecordSql = `
  select ${userColumns}, case when $2::boolean then u.email end as email, u.bio, u.website,
         case when u.silenced_until > now() then u.silenced_until end as "silencedUntil",
         b.created_at as "bannedAt", m.username as "bannedBy"
    from users u ${userJoins} left join users m on m.id = b.moderator_id
   where u.username_key = $1`;

const userRecordRow = userRow.extend({
  bio: z.string(),
  website: z.string().nullable(),
  bannedAt: z.date().nullable(),
  bannedBy: z.string().nullable(),
  silencedUntil: z.date().nullable(),
});
