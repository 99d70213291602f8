import type { Transaction } from "#app/server/database.server.ts";

/** What happened in the last hours is unread, the rest is read. */
const unreadHours = 60;

/**
 * Tells the demo's people what the demo's comments and reactions would have told them, at the time of each. Mina, whom
 * visitors of the demo are shown first, gets what she has not read by mail.
 */
export async function createNotifications(tx: Transaction): Promise<void> {
  await tx.$executeRaw`
    create temporary table demo_happenings on commit drop as
    select p.author_id as user_id, c.author_id as actor_id, 'reply' as kind, null::int as post_id, c.id as comment_id, c.created_at
      from comments c join posts p on p.id = c.post_id where p.status = 'published'
    union
    select parent.author_id, c.author_id, 'reply', null, c.id, c.created_at
      from comments c join comments parent on parent.id = c.parent_id
    union
    select p.author_id, r.user_id, 'reaction', p.id, null, r.created_at + ascii(u.username) * interval '7 minutes'
      from reactions r join posts p on p.id = r.post_id join users u on u.id = r.user_id`;
  await tx.$executeRaw`delete from demo_happenings where user_id = actor_id or created_at > now()`;
  await tx.$executeRaw`
    insert into notifications (id, user_id, kind, post_id, comment_id, created_at, updated_at, read_at)
    select gen_random_uuid(), user_id, kind::notification_kind, post_id, comment_id, min(created_at), max(created_at),
           case when max(created_at) < now() - ${unreadHours}::int * interval '1 hour' then max(created_at) + interval '1 hour' end
      from demo_happenings group by user_id, kind, post_id, comment_id`;
  await tx.$executeRaw`
    insert into notification_actors (notification_id, actor_id, created_at)
    select n.id, h.actor_id, h.created_at
      from notifications n join demo_happenings h on (h.user_id, h.kind::notification_kind) = (n.user_id, n.kind)
                                                 and h.post_id is not distinct from n.post_id
                                                 and h.comment_id is not distinct from n.comment_id`;
  await tx.$executeRaw`
    update notifications set mail_at = now()
     where kind = 'reply' and read_at is null and user_id = (select id from users where username = 'mina')`;
}
