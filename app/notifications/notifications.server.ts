import { z } from "zod";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { notMuted } from "#app/mutes/conditions.server.ts";
import { mostOthers, notificationKinds, type ShownNotification } from "#app/notifications/notification.ts";
import { isShown } from "#app/notifications/unread.server.ts";
import { toldOfReports } from "#app/reports/report.ts";
import { inTransaction, select } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";
import { avatarUrl, roles } from "#app/users/user.ts";

/** Lines on one page. */
export const notificationsPageSize = 25;

/** One page of somebody's lines, the latest first, and the cursor of the next one. */
export interface NotificationsPage {
  notifications: ShownNotification[];
  next: string | null;
}

/**
 * One page of the viewer's notifications with up to three of the people in each and what it is about: one statement.
 * What was removed or deleted since, and people muted since, are not in it.
 */
export async function listNotifications(viewer: Viewer, after: Cursor | null): Promise<NotificationsPage> {
  const values = [viewer.id, notificationsPageSize + 1, ...(after ? [after.at, after.id] : [])];
  const rows = await select(`notifications${after ? "-after" : ""}`, pageSql(after !== null), values, notificationRow);
  const last = rows[notificationsPageSize - 1];
  const isMore = rows.length > notificationsPageSize && last;
  return {
    notifications: rows.slice(0, notificationsPageSize).map(toShown),
    next: isMore ? formatCursor({ at: last.updatedAt, id: last.id }) : null,
  };
}

/** Of the lines that a mail is to tell: those that may be shown, the latest first, at most `limit`. */
export async function listMailed(
  tx: { $queryRawUnsafe(sql: string, ...values: unknown[]): Promise<unknown> },
  ids: string[],
  limit: number,
): Promise<ShownNotification[]> {
  const rows = await tx.$queryRawUnsafe(mailedSql, ids, limit);
  return z.array(notificationRow).parse(rows).map(toShown);
}

/** The lines that `lines` selects, with everything that is shown of them. */
function shownSql(lines: string): string {
  return `
    select n.id, n.kind::text, n.updated_at as "updatedAt", n.read_at is not null as read,
           coalesce(faces.actors, '[]') as actors,
           (select count(*)::int - jsonb_array_length(coalesce(faces.actors, '[]'))
              from (select from notification_actors a
                     where a.notification_id = n.id and ${notMuted("n.user_id", "a.actor_id")}
                     limit ${mostOthers + 4}) everyone) as others,
           p.id as "postId", p.title, n.comment_id as "commentId",
           coalesce(parent.author_id = n.user_id, false) as "answersComment",
           case when p.warning is null and n.kind in ('reply', 'mention') then left(c.body_html, 1000) end as html,
           m.kind as "outcomeKind", m.reason, m.details ->> 'to' as role,
           coalesce(m.details ->> 'appealOf', case when m.kind = 'undo' then m.reverses_id end::text, m.id::text) as "decisionId",
           (select approved from act_proposals where id = n.proposal_id) as approved,
           case when n.report_id is not null then coalesce(resolution.kind, 'reopened') end as "reportedKind",
           resolution.words_to_reporters as words
      from (${lines}) n
      left join comments c on c.id = n.comment_id
      left join comments parent on parent.id = c.parent_id
      left join posts p on p.id = coalesce(n.post_id, c.post_id) and p.deleted_at is null
                       and (p.status = 'published' and p.removed_at is null or p.author_id = n.user_id)
      left join moderation_actions m on m.id = n.action_id
      left join resolutions resolution on resolution.id = n.resolution_id
      left join lateral (
        select jsonb_agg(jsonb_build_object('id', u.id, 'username', u.username, 'name', u.name, 'avatar', u.avatar)
                         order by latest.created_at desc, u.id) as actors
          from (select a.actor_id, a.created_at from notification_actors a
                 where a.notification_id = n.id and ${notMuted("n.user_id", "a.actor_id")}
                 order by a.created_at desc limit 3) latest
          join users u on u.id = latest.actor_id) faces on true
     order by n.updated_at desc, n.id desc`;
}

function pageSql(paged: boolean): string {
  return shownSql(`
    select * from notifications n
     where n.user_id = $1::uuid and n.on_site and ${isShown("n")}
       ${paged ? "and (n.updated_at, n.id) < ($3::timestamptz, $4::uuid)" : ""}
     order by n.updated_at desc, n.id desc limit $2`);
}

const mailedSql = shownSql(`
  select * from notifications n where n.id = any ($1::uuid[]) and ${isShown("n")}
   order by n.updated_at desc, n.id desc limit $2::int`);

const notificationRow = z.object({
  id: z.string(),
  kind: z.enum(notificationKinds),
  updatedAt: z.date(),
  read: z.boolean(),
  actors: z.array(z.object({ id: z.string(), username: z.string(), name: z.string(), avatar: z.string().nullable() })),
  others: z.number(),
  postId: z.number().nullable(),
  title: z.string().nullable(),
  commentId: z.number().nullable(),
  answersComment: z.boolean(),
  html: z.string().nullable(),
  outcomeKind: z.string().nullable(),
  reason: z.string().nullable(),
  role: z.enum(roles).nullable().catch(null),
  decisionId: z.string().nullable(),
  approved: z.boolean().nullable(),
  reportedKind: z.enum(toldOfReports).nullable(),
  words: z.string().nullable(),
});

function toShown(row: z.infer<typeof notificationRow>): ShownNotification {
  const {
    actors,
    updatedAt,
    postId,
    title,
    html,
    outcomeKind,
    reason,
    role,
    decisionId,
    reportedKind,
    words,
    ...shown
  } = row;
  return {
    ...shown,
    updatedAt: updatedAt.toISOString(),
    actors: actors.map(({ id, avatar, ...actor }) => ({ ...actor, avatar: avatarUrl({ id, avatar }) })),
    post: postId === null ? null : { id: postId, title: title ?? "" },
    excerpt: html === null ? null : beginningOf(html),
    outcome:
      outcomeKind === null || decisionId === null
        ? null
        : { decisionId, kind: outcomeKind, reason: reason ?? "", role },
    reported: reportedKind && { kind: reportedKind, words: words ?? "" },
  };
}

const longestExcerpt = 160;
const namedCharacters: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', "#x26": "&", "#x3C": "<" };

/** Ends where words are hidden until they are asked for: what they hide stays hidden here, too. */
const hidden = /<(?:details|label)\b/;
const blocks = /<\/?(?:p|li|[uo]l|h\d|pre|blockquote|br|hr|div|table|t[rdh])\b[^>]*>/g;

/** The first words of a text that was rendered to our own allow-list; what comes out is text, and is shown as text. */
export function beginningOf(html: string): string {
  const [open = "", ...rest] = html.split(hidden);
  const words = open
    .replace(blocks, " ")
    .replace(/<(?:[^>]*>|[^>]*$)/g, "")
    .replace(/&(#x26|#x3C|\w+);/g, (entity, name: string) => namedCharacters[name] ?? entity)
    .replace(/\s+/g, " ")
    .trim();
  if (words.length <= longestExcerpt) return rest.length > 0 ? `${words} …`.trim() : words;
  const cut = [...words.slice(0, longestExcerpt)].slice(0, -1).join("");
  return `${cut.replace(/\s+\S{0,20}$/, "").replace(/[\s.,;:–—-]+$/, "")}…`;
}

/** Marks one line of the viewer's as read; again is once. Whether there is such a line. */
export async function markRead(viewer: Viewer, id: string): Promise<boolean> {
  const [found] = await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    return tx.$queryRaw<unknown[]>`
      with marked as (
        update notifications set read_at = now()
         where id = ${id}::uuid and user_id = ${viewer.id}::uuid and on_site and read_at is null)
      select 1 from notifications where id = ${id}::uuid and user_id = ${viewer.id}::uuid and on_site`;
  });
  return found !== undefined;
}

/** Marks as read what the viewer was shown: every line that is not newer than `until`. */
export async function markAllRead(viewer: Viewer, until: Date): Promise<void> {
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    await tx.$executeRaw`
      update notifications set read_at = now()
       where user_id = ${viewer.id}::uuid and on_site and read_at is null and updated_at <= ${until}`;
  });
}
