import { z } from "zod";
import { select } from "#app/server/database.server.ts";
import { avatarUrl, type Profile, type Role, roles } from "#app/users/user.ts";

/** A profile with what only its page needs to know: the id that its posts are listed by. */
export interface FoundProfile extends Profile {
  id: string;
  role: Role;
}

/** The person of that username, however it is spelled in upper and lower case; null for none. */
export async function findProfile(username: string): Promise<FoundProfile | null> {
  const [row] = await select("profile", profileSql, [username.toLowerCase()], profileRow);
  if (!row) return null;
  const { createdAt, ...user } = row;
  return { ...user, avatar: avatarUrl(user, "large"), joinedAt: createdAt.toISOString() };
}

const profileSql = `
  select u.id, u.username, u.name, u.avatar, u.bio, u.website, u.role, u.post_count as "postCount",
         u.created_at as "createdAt", u.banned and (b.expires_at is null or b.expires_at > now()) as banned
    from users u left join bans b on b.id = u.ban_id
   where u.username_key = $1`;

const profileRow = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  bio: z.string(),
  website: z.string().nullable(),
  role: z.enum(roles),
  postCount: z.number(),
  createdAt: z.date(),
  banned: z.boolean().nullable().transform(Boolean),
});
