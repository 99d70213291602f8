import { data } from "react-router";
import { z } from "zod";
import type { Subject } from "#app/moderation/policy.ts";
import { select } from "#app/server/database.server.ts";
import { avatarUrl, roles, type UserSummary } from "#app/users/user.ts";

/** Whom an act concerns, with what its page says before it is done. */
export interface SubjectFace extends Subject, UserSummary {
  /** how many sessions are alive */
  sessionCount: number;
  /** of the ban that stands; null where it is for good or where there is none */
  banExpiresAt: string | null;
  silenced: boolean;
  silencedUntil: string | null;
}

/** The key of a username in a URL. @throws a 404 response where it can be nobody's */
export function usernameKeyOf(username: string): string {
  if (!/^[\w-]{1,40}$/.test(username)) throw data(null, { status: 404, statusText: "Not Found" });
  return username.toLowerCase();
}

/** @throws a 404 response where nobody has that username */
export async function findSubject(username: string): Promise<SubjectFace> {
  const [row] = await select("moderation-subject", subjectSql, [usernameKeyOf(username)], subjectRow);
  if (!row) throw data(null, { status: 404, statusText: "Not Found" });
  return {
    ...row,
    avatar: avatarUrl(row),
    silencedUntil: row.silenced ? (row.silencedUntil?.toISOString() ?? null) : null,
    banExpiresAt: row.banned ? (row.banExpiresAt?.toISOString() ?? null) : null,
  };
}

const subjectSql = `
  select u.id, u.username, u.name, u.avatar, u.role, b.expires_at as "banExpiresAt",
         coalesce(u.silenced_until > now(), false) as silenced, u.silenced_until as "silencedUntil",
         u.banned and (b.expires_at is null or b.expires_at > now()) as banned,
         (select count(*)::int from sessions s
           where s.user_id = u.id and s.ban_id is null and s.expires_at > now()) as "sessionCount"
    from users u left join bans b on b.id = u.ban_id
   where u.username_key = $1`;

const subjectRow = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  role: z.enum(roles),
  banned: z.boolean(),
  silenced: z.boolean(),
  silencedUntil: z.date().nullable(),
  banExpiresAt: z.date().nullable(),
  sessionCount: z.number(),
});
