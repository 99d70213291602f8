import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { db, inTransaction } from "#app/server/database.server.ts";

/** A post that the viewer may react to: everyone may see it, and somebody else wrote it. */
export function findReactable(viewer: Viewer, postId: number) {
  return db.post.findFirst({
    where: { id: postId, authorId: { not: viewer.id }, status: "published", deletedAt: null, removedAt: null },
    select: { id: true, title: true },
  });
}

/** Sets whether the viewer reacts to a post; setting it twice is setting it once. */
export async function setReaction(viewer: Viewer, postId: number, on: boolean): Promise<void> {
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    if (!on) {
      return tx.$executeRaw`delete from reactions where post_id = ${postId}::int and user_id = ${viewer.id}::uuid`;
    }
    return tx.$executeRaw`
      insert into reactions (post_id, user_id)
      select id, ${viewer.id}::uuid from posts
       where id = ${postId}::int and author_id <> ${viewer.id}::uuid
         and status = 'published' and deleted_at is null and removed_at is null
      on conflict do nothing`;
  });
}
