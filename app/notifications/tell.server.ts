import { notMuted } from "#app/mutes/mutes.server.ts";
import type { NotificationKind } from "#app/notifications/notification.ts";
import type { Transaction } from "#app/server/database.server.ts";

/** That somebody did something which somebody else wants to know. */
export interface Happening {
  kind: Exclude<NotificationKind, "moderation">;
  /** who is told */
  userId: string;
  /** who did it */
  actorId: string;
  /** the post that it is about, where it is not a comment */
  postId?: number;
  /** the comment that it is about: the reply itself, the one that was liked, the one that names somebody */
  commentId?: number;
}

/**
 * Tells people what happened, in the transaction in which it happens: all of it, or nothing. Nobody is told of what
 * they did themselves or what somebody whom they muted did; what happens again before it was read joins its line.
 * Call it once in a transaction, as its last statement: its lines are taken in one order, so that two transactions
 * do not wait in a circle.
 */
export async function tell(tx: Transaction, happenings: Happening[]): Promise<void> {
  if (happenings.length === 0) return;
  await tx.$executeRawUnsafe(
    tellSql,
    happenings.map(({ userId }) => userId),
    happenings.map(({ actorId }) => actorId),
    happenings.map(({ kind }) => kind),
    happenings.map(({ postId }) => postId ?? null),
    happenings.map(({ commentId }) => commentId ?? null),
  );
}

const tellSql = `
  with happened as (
    select distinct user_id, actor_id, kind::notification_kind as kind, post_id, comment_id
      from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::int[])
           as h (user_id, actor_id, kind, post_id, comment_id)
     where user_id <> actor_id and ${notMuted("user_id", "actor_id")}
  ), lines as (
    insert into notifications (id, user_id, kind, post_id, comment_id)
    select gen_random_uuid(), user_id, kind, post_id, comment_id
      from (select distinct user_id, kind, post_id, comment_id from happened) each_line
     order by user_id, kind, post_id, comment_id
    on conflict (user_id, kind, post_id, comment_id) where read_at is null and kind <> 'moderation'
    do update set updated_at = now()
    returning id, user_id, kind, post_id, comment_id
  )
  insert into notification_actors (notification_id, actor_id)
  select l.id, h.actor_id
    from lines l join happened h on (h.user_id, h.kind) = (l.user_id, l.kind)
                                and h.post_id is not distinct from l.post_id
                                and h.comment_id is not distinct from l.comment_id
  on conflict do nothing`;
