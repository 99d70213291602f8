import { z } from "zod";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { maxPins } from "#app/pins/pin.ts";
import type { FeedPage, FeedPost } from "#app/posts/post.ts";
import { feedColumns, feedPageSize, feedRow, isPublic, ownMarks, toFeedPost } from "#app/posts/posts.server.ts";
import { inTransaction, select } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";

/** A page of somebody's posts, newest first; on the first one, and there alone, what they pinned. */
export interface ProfilePage extends FeedPage {
  pinned: FeedPost[];
}

/** One page of a profile, pinned posts and all: one statement. A pinned post is met on top and nowhere below. */
export async function listProfilePosts(
  userId: string,
  viewer: Viewer | null,
  after: Cursor | null,
): Promise<ProfilePage> {
  const values = [viewer?.id ?? null, userId, feedPageSize + 1, ...(after ? [after.at, Number(after.id)] : [])];
  const rows = await select(`profile-posts${after ? "-after" : ""}`, profileSql(after !== null), values, profileRow);
  const own = rows.filter(({ pinned }) => !pinned);
  const last = own[feedPageSize - 1];
  return {
    pinned: rows.filter(({ pinned }) => pinned).map(toPost),
    posts: own.slice(0, feedPageSize).map(toPost),
    next: own.length > feedPageSize && last ? formatCursor({ at: last.publishedAt, id: String(last.id) }) : null,
  };
}

function profileSql(paged: boolean): string {
  const theirs = `${isPublic} and p.author_id = $2::uuid`;
  // Both parts are cut before they are joined; few posts are pinned, so that leaving them out costs nothing.
  const newest = `
    (select p.* from posts p
      where ${theirs} and p.pinned_at is null${paged ? " and (p.published_at, p.id) < ($4::timestamptz, $5::int)" : ""}
      order by p.published_at desc, p.id desc limit $3)`;
  const pinned = `
    (select p.* from posts p where ${theirs} and p.pinned_at is not null order by p.pinned_at desc limit ${maxPins})`;
  return `
    select ${feedColumns}, p.pinned_at is not null as pinned
      from (${paged ? newest : `${pinned} union all ${newest}`}) p
      join users u on u.id = p.author_id ${ownMarks}
     order by p.pinned_at desc nulls last, p.published_at desc, p.id desc`;
}

const profileRow = feedRow.extend({ pinned: z.boolean() });

function toPost({ pinned: _, ...row }: z.infer<typeof profileRow>): FeedPost {
  return toFeedPost(row);
}

export type PinOutcome = "done" | "full" | "gone";

/**
 * Puts a published post of the viewer's on top of their profile, or takes it down. Two at once are counted one after
 * the other: assertStillMay holds the viewer's row. Pinning is no change of the post: `updated_at` stays.
 */
export async function setPin(viewer: Viewer, postId: number, on: boolean): Promise<PinOutcome> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const [found] = await tx.$queryRaw<{ pinned: boolean; others: number }[]>`
      select p.pinned_at is not null as pinned,
             (select count(*)::int from posts o
               where o.author_id = p.author_id and o.pinned_at is not null and o.id <> p.id
                 and o.status = 'published' and o.deleted_at is null and o.removed_at is null) as others
        from posts p
       where p.id = ${postId} and p.author_id = ${viewer.id}::uuid
         and p.status = 'published' and p.deleted_at is null and p.removed_at is null`;
    if (!found) return "gone";
    if (found.pinned === on) return "done";
    if (on && found.others >= maxPins) return "full";
    await tx.$executeRaw`
      update posts set pinned_at = case when ${on} then now() end where id = ${postId} and author_id = ${viewer.id}::uuid`;
    return "done";
  });
}
