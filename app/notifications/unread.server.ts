import { notMuted } from "#app/mutes/conditions.server.ts";
import { mostUnread } from "#app/notifications/unread.ts";

const isPublic = "p.status = 'published' and p.deleted_at is null and p.removed_at is null";

/**
 * Whether a line may be shown now: somebody in it is not muted, and what it is about can still be seen. Asked when it is
 * read and not noted when it changes, so that what was removed can be restored and a mute lifted. What a moderator did
 * is told of what was removed, too.
 *
 * Written with values and not with `exists`: PostgreSQL would read all posts and comments into memory as soon as
 * somebody has many lines, to look a page of them up there.
 * @param n the SQL alias of the line
 */
export function isShown(n: string): string {
  return `(${n}.kind = 'moderation' or (
    (select true from notification_actors a
      where a.notification_id = ${n}.id and ${notMuted(`${n}.user_id`, "a.actor_id")} limit 1)
    and (${n}.post_id is null or (select ${isPublic} from posts p where p.id = ${n}.post_id))
    and (${n}.comment_id is null or (
      select c.deleted_at is null and c.removed_at is null and ${isPublic}
        from comments c join posts p on p.id = c.post_id where c.id = ${n}.comment_id))))`;
}

/**
 * How many unread lines somebody has, counted up to one more than is said.
 * @param userId the SQL of their id
 */
export function unreadCount(userId: string): string {
  return `(
    select count(*)::int from (
      select from notifications n
       where n.user_id = ${userId} and n.read_at is null and n.on_site and ${isShown("n")}
       limit ${mostUnread + 1}) unread)`;
}

/** The moment of a statement in milliseconds of the database's clock. */
export const asOf = "(extract(epoch from statement_timestamp()) * 1000)::float8";
