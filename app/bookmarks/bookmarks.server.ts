import { z } from "zod";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { notMuted } from "#app/mutes/conditions.server.ts";
import type { FeedPage } from "#app/posts/post.ts";
import { feedColumns, feedPageSize, feedRow, isPublic, ownMarks, toFeedPost } from "#app/posts/posts.server.ts";
import { db, inTransaction, select } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";

/** A post that the viewer may keep: everyone may see it. */
export function findBookmarkable(id: number) {
  return db.post.findFirst({
    where: { id, status: "published", deletedAt: null, removedAt: null },
    select: { id: true, title: true },
  });
}

/** Sets whether the viewer keeps a post for later; setting it twice is setting it once, at the time of the first. */
export async function setBookmark(viewer: Viewer, postId: number, on: boolean): Promise<void> {
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    if (!on) {
      return tx.$executeRaw`delete from bookmarks where user_id = ${viewer.id}::uuid and post_id = ${postId}::int`;
    }
    return tx.$executeRaw`
      insert into bookmarks (user_id, post_id)
      select ${viewer.id}::uuid, id from posts
       where id = ${postId}::int and status = 'published' and deleted_at is null and removed_at is null
      on conflict do nothing`;
  });
}

/** One page of the posts that the viewer keeps, the latest kept first; one statement. What is gone is not in it. */
export async function listBookmarks(viewer: Viewer, after: Cursor | null): Promise<FeedPage> {
  const values = [viewer.id, feedPageSize + 1, ...(after ? [after.at, Number(after.id)] : [])];
  const rows = await select(`bookmarks${after ? "-after" : ""}`, bookmarksSql(after !== null), values, keptRow);
  const kept = rows.slice(0, feedPageSize);
  const last = kept.at(-1);
  return {
    posts: kept.map(({ keptAt: _, ...post }) => toFeedPost(post)),
    next: rows.length > feedPageSize && last ? formatCursor({ at: last.keptAt, id: String(last.id) }) : null,
  };
}

function bookmarksSql(paged: boolean): string {
  return `
    select ${feedColumns}, p.kept_at as "keptAt"
      from (select p.*, b.created_at as kept_at
              from bookmarks b join posts p on p.id = b.post_id
             where b.user_id = $1::uuid and ${isPublic} and ${notMuted("$1", "p.author_id")}
               ${paged ? "and (b.created_at, b.post_id) < ($3::timestamptz, $4::int)" : ""}
             order by b.created_at desc, b.post_id desc limit $2) p
      join users u on u.id = p.author_id ${ownMarks}
     order by p.kept_at desc, p.id desc`;
}

const keptRow = feedRow.extend({ keptAt: z.date() });
