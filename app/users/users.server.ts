import { z } from "zod";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { supersede } from "#app/moderation/effects.server.ts";
import { type MuteKind, muteKinds } from "#app/mutes/mute.ts";
import { db, inTransaction, select } from "#app/server/database.server.ts";
import { deleteStoredFile } from "#app/server/storage.server.ts";
import { filesOf } from "#app/uploads/upload.ts";
import { prepareAvatar, recordUpload, storing } from "#app/uploads/uploads.server.ts";
import type { ProfileInput } from "#app/users/profile-form.ts";
import { avatarUrl, type Profile, type Role, roles } from "#app/users/user.ts";

/** A profile with what only its page needs to know: the id that its posts are listed by. */
export interface FoundProfile extends Profile {
  id: string;
  role: Role;
  /** whether the viewer follows them; false for visitors */
  followed: boolean;
  /** whether they have blocked the viewer */
  blocksViewer: boolean;
  /** whether the viewer muted or blocked them */
  mute: MuteKind | null;
}

/** The person of that username, however it is spelled in upper and lower case; null for none. */
export async function findProfile(username: string, viewer: Viewer | null): Promise<FoundProfile | null> {
  if (!/^[\w-]{1,40}$/.test(username)) return null;
  const [row] = await select("profile", profileSql, [username.toLowerCase(), viewer?.id ?? null], profileRow);
  if (!row) return null;
  const { createdAt, ...user } = row;
  return { ...user, avatar: avatarUrl(user, "large"), joinedAt: createdAt.toISOString() };
}

const profileSql = `
  select u.id, u.username, u.name, u.avatar, u.bio, u.website, u.role, u.post_count as "postCount",
         u.created_at as "createdAt", u.banned and (b.expires_at is null or b.expires_at > now()) as banned,
         coalesce(c.follower_count, 0) as "followerCount", coalesce(c.following_count, 0) as "followingCount",
         f.follower_id is not null as followed, k.muter_id is not null as "blocksViewer", m.kind as mute
    from users u left join bans b on b.id = u.ban_id
    left join user_counts c on c.user_id = u.id
    left join follows f on f.follower_id = $2::uuid and f.followee_id = u.id
    left join mutes k on k.muter_id = u.id and k.muted_id = $2::uuid and k.kind = 'block'
    left join mutes m on m.muter_id = $2::uuid and m.muted_id = u.id
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
  followerCount: z.number(),
  followingCount: z.number(),
  followed: z.boolean(),
  blocksViewer: z.boolean(),
  mute: z.enum(muteKinds).nullable(),
});

/** The viewer's own profile, as its form shows it. */
export async function findOwnProfile(viewer: Viewer) {
  const { avatar, ...profile } = await db.user.findUniqueOrThrow({
    where: { id: viewer.id },
    select: { id: true, name: true, bio: true, website: true, avatar: true },
  });
  return { ...profile, hasPicture: avatar !== null, avatar: avatarUrl({ id: profile.id, avatar }, "large") };
}

/**
 * Changes the viewer's profile, and their picture where one is given.
 * @throws PictureRefused in words for the person, and then nothing has changed
 */
export async function editProfile(
  viewer: Viewer,
  { name, bio, website, removeAvatar }: ProfileInput,
  picture: Buffer | null,
): Promise<void> {
  const avatar = picture && (await prepareAvatar(picture));
  const replaced = await storing(avatar?.files ?? {}, () =>
    inTransaction(async (tx) => {
      await assertStillMay(tx, viewer);
      if (avatar) {
        const { files: _, ...upload } = avatar;
        await recordUpload(tx, { ...upload, ownerId: viewer.id, kind: "avatar" });
      }
      const key = avatar?.key ?? (removeAvatar ? null : undefined);
      await tx.user.update({ where: { id: viewer.id }, data: { name, bio, website: website || null, avatar: key } });
      const saved = [
        "user.name",
        "user.bio",
        "user.website",
        ...(key === undefined ? [] : (["user.avatar"] as const)),
      ] as const;
      await supersede(tx, viewer.id, saved);
      if (key === undefined) return [];
      // What a moderator took away comes back when that is undone.
      const underActs = await tx.actEffect.findMany({
        where: { aspect: "user.avatar", subject: viewer.id, supersededAt: null, before: { not: null } },
        select: { before: true },
      });
      const kept = [key ?? "", ...underActs.map(({ before }) => before ?? "")];
      const before = { ownerId: viewer.id, kind: "avatar", key: { notIn: kept } };
      const rows = await tx.upload.findMany({ where: before, select: { key: true, kind: true } });
      await tx.upload.deleteMany({ where: before });
      return rows;
    }),
  );
  // What is missed here is collected later.
  await Promise.all(replaced.flatMap(filesOf).map(deleteStoredFile));
}
