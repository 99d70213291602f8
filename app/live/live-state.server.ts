import { z } from "zod";
import type { LiveEvents } from "#app/live/event.ts";
import { notMuted } from "#app/mutes/conditions.server.ts";
import { asOf, isShown } from "#app/notifications/unread.server.ts";
import { mostUnread } from "#app/notifications/unread.ts";
import { select } from "#app/server/database.server.ts";

/** More new posts than this are said as so many. */
export const mostNewPosts = 100;

/** Published by one clock and told by another, or committed late: told again, and counted once by the page. */
const overlapMs = 30_000;

/** Until when a session lasts and what its person has not read; null for one that opens nothing. */
export async function findSessionState(
  sessionId: string,
): Promise<{ expiresAt: Date; unread: LiveEvents["notifications"] } | null> {
  const [row] = await select("live-session", sessionSql, [sessionId], sessionRow);
  if (!row) return null;
  const { expiresAt, userId: _, ...unread } = row;
  return { expiresAt, unread };
}

/** What each of these people has not read. */
export function listUnread(userIds: string[]) {
  return select("live-unread", unreadSql, [userIds], unreadRow);
}

/** Those of these sessions that still open something. */
export async function listStanding(sessionIds: string[]): Promise<Set<string>> {
  const rows = await select("live-standing", standingSql, [sessionIds], standingRow);
  return new Set(rows.map(({ id }) => id));
}

/** Posts that somebody may see and did not write, published since then. */
export async function listNewPosts(userId: string, since: Date): Promise<LiveEvents["posts"]> {
  const from = new Date(since.getTime() - overlapMs);
  const rows = await select("live-posts", newPostsSql, [userId, from, mostNewPosts], postRow);
  return rows.map(({ id, at }) => [id, at]);
}

/** Posts that everybody may see, published since then. */
export function listPublished(since: Date) {
  const from = new Date(since.getTime() - overlapMs);
  return select("live-published", publishedSql, [from, mostNewPosts], publishedRow);
}

/** Who of these readers muted whom of these authors. */
export function listMutes(readers: string[], authors: string[]) {
  return select("live-mutes", mutesSql, [readers, authors], muteRow);
}

/** How much somebody has not read, and when the latest of it changed. @param userId the SQL of their id */
const unreadOf = (userId: string) => `
  lateral (
    select count(*)::int as count, (extract(epoch from max(latest.updated_at)) * 1000)::float8 as newest
      from (select n.updated_at from notifications n
             where n.user_id = ${userId} and n.read_at is null and n.on_site and ${isShown("n")}
             order by n.updated_at desc limit ${mostUnread + 1}) latest) unread`;

const unreadColumns = `${asOf} as "asOf", unread.count, unread.newest`;

const unreadSql = `select u as "userId", ${unreadColumns} from unnest($1::uuid[]) u cross join ${unreadOf("u")}`;

const stands = `
  s.ban_id is null and s.expires_at > now()
  and exists (select from users o left join bans b on b.id = o.ban_id
               where o.id = s.user_id and (not o.banned or b.expires_at <= now()))`;

const sessionSql = `
  select s.expires_at as "expiresAt", s.user_id as "userId", ${unreadColumns}
    from sessions s cross join ${unreadOf("s.user_id")}
   where s.id = $1::uuid and ${stands}`;

const standingSql = `select s.id from sessions s where s.id = any ($1::uuid[]) and ${stands}`;

const isPublic = "p.status = 'published' and p.deleted_at is null and p.removed_at is null";
const at = `(extract(epoch from p.published_at) * 1000)::float8 as at`;

const publishedSql = `
  select p.id, p.author_id as "authorId", ${at} from posts p
   where ${isPublic} and p.published_at > $1 order by p.published_at desc, p.id desc limit $2`;

const newPostsSql = `
  select p.id, ${at} from posts p
   where ${isPublic} and p.published_at > $2 and p.author_id <> $1::uuid and ${notMuted("$1", "p.author_id")}
   order by p.published_at desc, p.id desc limit $3`;

const mutesSql = `
  select muter_id as muter, muted_id as muted from mutes
   where muter_id = any ($1::uuid[]) and muted_id = any ($2::uuid[])`;

const unreadRow = z.object({
  userId: z.string(),
  asOf: z.number(),
  count: z.number(),
  newest: z.number().nullable(),
});
const sessionRow = unreadRow.extend({ expiresAt: z.date() });
const standingRow = z.object({ id: z.string() });
const muteRow = z.object({ muter: z.string(), muted: z.string() });
const postRow = z.object({ id: z.number(), at: z.number() });
const publishedRow = postRow.extend({ authorId: z.string() });
