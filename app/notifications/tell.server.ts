import { notMuted } from "#app/mutes/conditions.server.ts";
import { defaultSettings, type NotificationKind, notificationKinds } from "#app/notifications/notification.ts";
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
 * they did themselves, of what somebody whom they muted did, or of a kind that they switched off; what happens again
 * before it was read joins its line, and who likes or follows the same again within a day tells nothing new.
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

/** What a moderator did to somebody or to something of theirs: `actionId` is its row in the moderation log. */
export interface ModerationOutcome {
  userId: string;
  actionId: string;
  postId?: number;
  commentId?: number;
}

/** Tells somebody what a moderator did, in the transaction in which it is done; like `tell`, its last statement. */
export async function tellOutcome(tx: Transaction, outcome: ModerationOutcome): Promise<void> {
  const { userId, actionId, postId = null, commentId = null } = outcome;
  await tx.$executeRawUnsafe(tellOutcomeSql("$1::uuid"), userId, actionId, postId, commentId);
}

/** The same to many people at once, of an act on things of all of theirs. */
export async function tellOutcomeToMany(
  tx: Transaction,
  { userIds, actionId }: { userIds: string[]; actionId: string },
): Promise<void> {
  await tx.$executeRawUnsafe(tellOutcomeSql("any($1::uuid[])"), userIds, actionId, null, null);
}

/**
 * Tells whoever reported what came of it, or that it is open again, in the transaction that closes their cases or opens
 * them; like `tell`, its last statement.
 * @param exceptId who did that, and knows
 */
export async function tellReporters(tx: Transaction, caseIds: number[], exceptId: string): Promise<void> {
  await tx.$executeRawUnsafe(tellReportersSql, caseIds, exceptId);
}

/** Tells a moderator what another one decided about their proposal; like `tell`, the last statement. */
export async function tellProposer(tx: Transaction, userId: string, proposalId: string): Promise<void> {
  await tx.$executeRaw`
    insert into notifications (id, user_id, kind, proposal_id)
    values (gen_random_uuid(), ${userId}::uuid, 'moderation', ${proposalId}::uuid)`;
}

/** The SQL of a frequency: what somebody set, or the default of that kind. */
export function mailOf(setting: string, kind: string): string {
  const defaults = notificationKinds.map((each) => `when '${each}' then '${defaultSettings[each].mail}'`);
  return `coalesce(${setting}.mail, (case ${kind} ${defaults.join(" ")} end)::mail_frequency)`;
}

const tellSql = `
  with happened as (
    select distinct h.user_id, h.actor_id, h.kind::notification_kind as kind, h.post_id, h.comment_id,
           coalesce(s.on_site, true) as on_site, ${mailOf("s", "h.kind")} as mail
      from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::int[])
           as h (user_id, actor_id, kind, post_id, comment_id)
      left join notification_settings s on s.user_id = h.user_id and s.kind = h.kind::notification_kind
     where h.user_id <> h.actor_id and ${notMuted("h.user_id", "h.actor_id")}
       and not (h.kind in ('reaction', 'follow') and exists (
         select from notification_actors a join notifications n on n.id = a.notification_id
          where a.actor_id = h.actor_id and a.created_at > now() - interval '1 day'
            and n.user_id = h.user_id and n.kind = h.kind::notification_kind
            and n.post_id is not distinct from h.post_id and n.comment_id is not distinct from h.comment_id))
  ), lines as (
    insert into notifications (id, user_id, kind, post_id, comment_id, on_site, mail_at)
    select gen_random_uuid(), user_id, kind, post_id, comment_id, on_site, next_mail(mail)
      from (select distinct user_id, kind, post_id, comment_id, on_site, mail from happened) each_line
     where on_site or mail <> 'off'
     order by user_id, kind, post_id, comment_id
    on conflict (user_id, kind, post_id, comment_id) where read_at is null and kind <> 'moderation'
    do update set updated_at = now(), on_site = notifications.on_site or excluded.on_site,
                  mail_at = coalesce(notifications.mail_at, excluded.mail_at)
    returning id, user_id, kind, post_id, comment_id
  )
  insert into notification_actors (notification_id, actor_id)
  select l.id, h.actor_id
    from lines l join happened h on (h.user_id, h.kind) = (l.user_id, l.kind)
                                and h.post_id is not distinct from l.post_id
                                and h.comment_id is not distinct from l.comment_id
  on conflict (notification_id, actor_id) do update set created_at = now()`;

const tellOutcomeSql = (whom: string) => `
  insert into notifications (id, user_id, kind, action_id, post_id, comment_id, mail_at)
  select gen_random_uuid(), u.id, 'moderation', $2::uuid, $3::int, $4::int, next_mail(${mailOf("s", "'moderation'")})
    from users u left join notification_settings s on s.user_id = u.id and s.kind = 'moderation'
   where u.id = ${whom}`;

const tellReportersSql = `
  insert into notifications (id, user_id, kind, report_id, resolution_id, mail_at)
  select gen_random_uuid(), u.id, 'moderation', r.id, c.resolution_id, next_mail(${mailOf("s", "'moderation'")})
    from reports r join moderation_cases c on c.id = r.case_id join users u on u.id = r.reporter_id
    left join notification_settings s on s.user_id = u.id and s.kind = 'moderation'
   where r.case_id = any($1::int[]) and u.id <> $2::uuid
   order by u.id, r.id`;
