import { followForcedNames } from "#app/moderation/forced-names.server.ts";
import type { Transaction } from "#app/server/database.server.ts";

/**
 * The columns that acts change. Each is laid over and taken out again by effects.server.ts, which knows nothing of
 * what they mean.
 */
interface Aspect {
  table: "users" | "posts" | "comments" | "sessions" | "trusted_devices";
  id: "uuid" | "int";
  column: string;
  type: "timestamptz" | "text" | "uuid" | "role";
  /** further columns that follow from it; `$new` stands for the new value */
  also?: string;
  /** what follows in other tables, once the column has its new value */
  follow?: (tx: Transaction, subjects: string[]) => Promise<void>;
}

export const aspects = {
  "post.removed": { table: "posts", id: "int", column: "removed_at", type: "timestamptz" },
  "post.held": { table: "posts", id: "int", column: "held_at", type: "timestamptz" },
  "post.published": { table: "posts", id: "int", column: "published_at", type: "timestamptz" },
  "post.locked": { table: "posts", id: "int", column: "locked_at", type: "timestamptz" },
  "post.featured": { table: "posts", id: "int", column: "featured_at", type: "timestamptz" },
  "comment.removed": { table: "comments", id: "int", column: "removed_at", type: "timestamptz" },
  "comment.held": { table: "comments", id: "int", column: "held_at", type: "timestamptz" },
  "user.ban": {
    table: "users",
    id: "uuid",
    column: "ban_id",
    type: "uuid",
    also: "banned = ($new) is not null",
    follow: dateBans,
  },
  "user.role": { table: "users", id: "uuid", column: "role", type: "role", follow: dateRoles },
  "user.silenced": { table: "users", id: "uuid", column: "silenced_until", type: "timestamptz" },
  "user.name": { table: "users", id: "uuid", column: "name", type: "text" },
  "user.bio": { table: "users", id: "uuid", column: "bio", type: "text" },
  "user.website": { table: "users", id: "uuid", column: "website", type: "text" },
  "user.avatar": { table: "users", id: "uuid", column: "avatar", type: "text" },
  "user.username": {
    table: "users",
    id: "uuid",
    column: "username",
    type: "text",
    also: "username_key = lower($new)",
    follow: followForcedNames,
  },
  "session.expiry": { table: "sessions", id: "uuid", column: "expires_at", type: "timestamptz" },
  "device.expiry": { table: "trusted_devices", id: "uuid", column: "expires_at", type: "timestamptz" },
} as const satisfies Record<string, Aspect>;

export type AspectName = keyof typeof aspects;

/** Acts that change no column, and stand or are undone all the same. */
export type Mark = "warning" | "undo" | "bulk";

/** @throws where no aspect has that name */
export function aspectOf(name: string): Aspect {
  if (!Object.hasOwn(aspects, name)) throw new Error(`There is no aspect ${name}`);
  // It has one of the names, as has just been seen.
  return aspects[name as AspectName];
}

export function isMark(name: string): name is Mark {
  return name === "warning" || name === "undo" || name === "bulk";
}

/** The trigger that dates a new role takes an undo for one. */
async function dateRoles(tx: Transaction, userIds: string[]): Promise<void> {
  await tx.$executeRaw`
    update users u set role_since = coalesce((
             select m.created_at from act_effects e join moderation_actions m on m.id = e.action_id
              where e.aspect = 'user.role' and e.subject = u.id::text and e.undone_at is null
              order by e.id desc limit 1), u.created_at)
     where u.id = any(${userIds}::uuid[])`;
}

/**
 * A ban that a user stands under is lifted nowhere, every other one is; and their sessions are ended by the earliest
 * ban that stands and was made after the one that had ended them, or are alive again when there was none.
 */
async function dateBans(tx: Transaction, userIds: string[]): Promise<void> {
  await tx.$executeRaw`
    update bans b set lifted_at = case when u.ban_id = b.id then null else coalesce(b.lifted_at, now()) end
      from users u
     where u.id = b.user_id and b.user_id = any(${userIds}::uuid[])
       and (u.ban_id is not distinct from b.id) = (b.lifted_at is not null)`;
  await tx.$executeRaw`
    update sessions s set ban_id = (
             select e.after::uuid from act_effects e
              where e.aspect = 'user.ban' and e.subject = s.user_id::text and e.undone_at is null
                and e.after is not null and e.id > undone.id
              order by e.id limit 1)
      from act_effects undone
     where s.user_id = any(${userIds}::uuid[]) and undone.aspect = 'user.ban' and undone.subject = s.user_id::text
       and undone.after = s.ban_id::text and undone.undone_at is not null`;
  await tx.$executeRaw`
    update sessions s set ban_id = u.ban_id
      from users u join bans b on b.id = u.ban_id
     where u.id = s.user_id and u.id = any(${userIds}::uuid[]) and s.ban_id is null
       and (b.expires_at is null or b.expires_at > now())`;
}
