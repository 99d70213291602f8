import type { Viewer } from "#app/auth/viewer.ts";
import { notMuted } from "#app/mutes/conditions.server.ts";
import type { FeedPage } from "#app/posts/post.ts";
import { feedColumns, feedPageSize, feedRow, isPublic, ownMarks, toFeedPost } from "#app/posts/posts.server.ts";
import { select } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";

/**
 * One page of the newest posts by people whom the viewer follows or with a tag that they follow: one statement,
 * keyset by (published_at, id) like every feed.
 */
export async function listFollowing(viewer: Viewer, after: Cursor | null): Promise<FeedPage> {
  const start = after ? [after.at, Number(after.id)] : ["infinity", 0];
  const rows = await select("feed-following", followingSql, [viewer.id, feedPageSize + 1, ...start], feedRow);
  const last = rows[feedPageSize - 1];
  return {
    posts: rows.slice(0, feedPageSize).map(toFeedPost),
    next: rows.length > feedPageSize && last ? formatCursor({ at: last.publishedAt, id: String(last.id) }) : null,
  };
}

/** How many of the site's newest posts are looked through before each followed person is asked for theirs. */
export const lookedThrough = 2_000;

const isOlder = "(p.published_at, p.id) < ($3::timestamptz, $4::int)";
const newestFirst = "order by p.published_at desc, p.id desc";

/**
 * Two ways to the same page, for neither serves everybody. Whoever follows much finds a page among the site's newest
 * posts; whoever follows little would walk through all of them, and for them each person and each tag is asked for its
 * newest instead: a page of the newest posts can only come from the people, and the tags, with the newest of them.
 * A post has up to five tags, so that five times as many tags are kept. Nothing of the second way runs when the first
 * has filled the page.
 */
const followingSql = `
  with recent as materialized (
    select p.id, p.published_at
      from (select p.id, p.published_at, p.author_id, p.tags from posts p
             where ${isPublic} and ${isOlder} ${newestFirst} limit ${lookedThrough}) p
     where (exists (select from follows f where f.follower_id = $1::uuid and f.followee_id = p.author_id)
            or p.tags && array(select t.tag from tag_follows t where t.user_id = $1::uuid))
       and ${notMuted("$1", "p.author_id")}
     ${newestFirst} limit $2
  ), unfilled as materialized (
    select count(*) < $2 as is from recent
  ), newest_authors as (
    select f.followee_id as author_id
      from follows f cross join lateral (
        select p.published_at, p.id from posts p
         where p.author_id = f.followee_id and ${isPublic} and ${isOlder} ${newestFirst} limit 1) p
     where (select u.is from unfilled u) and f.follower_id = $1::uuid and ${notMuted("$1", "f.followee_id")}
     ${newestFirst} limit $2
  ), newest_tags as (
    select t.tag
      from tag_follows t cross join lateral (
        select k.published_at, k.post_id as id from post_tags k join posts p on p.id = k.post_id
         where k.tag = t.tag and (k.published_at, k.post_id) < ($3::timestamptz, $4::int) and ${notMuted("$1", "p.author_id")}
         order by k.published_at desc, k.post_id desc limit 1) p
     where (select u.is from unfilled u) and t.user_id = $1::uuid
     ${newestFirst} limit 5 * $2
  ), asked as (
    select p.id, p.published_at
      from newest_authors a cross join lateral (
        select p.id, p.published_at from posts p
         where p.author_id = a.author_id and ${isPublic} and ${isOlder} ${newestFirst} limit $2) p
    union
    select p.id, p.published_at
      from newest_tags t cross join lateral (
        select p.id, p.published_at from post_tags k join posts p on p.id = k.post_id
         where k.tag = t.tag and (k.published_at, k.post_id) < ($3::timestamptz, $4::int) and ${notMuted("$1", "p.author_id")}
         order by k.published_at desc, k.post_id desc limit $2) p
  ), page as (
    select id from recent where not (select u.is from unfilled u)
    union all
    (select p.id from asked p ${newestFirst} limit $2)
  )
  select ${feedColumns}
    from page join posts p on p.id = page.id
    join users u on u.id = p.author_id ${ownMarks}
   ${newestFirst}`;
