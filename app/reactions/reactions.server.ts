import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { type Happening, tell } from "#app/notifications/tell.server.ts";
import { db, inTransaction } from "#app/server/database.server.ts";

const isPublic = { status: "published", deletedAt: null, removedAt: null } as const;

/** A post that the viewer may react to: everyone may see it, and somebody else wrote it. */
export function findReactablePost(viewer: Viewer, id: number) {
  return db.post.findFirst({
    where: { id, authorId: { not: viewer.id }, ...isPublic },
    select: { id: true, title: true },
  });
}

/** A comment that the viewer may react to, with its post. */
export function findReactableComment(viewer: Viewer, id: number) {
  return db.comment.findFirst({
    where: { id, authorId: { not: viewer.id }, deletedAt: null, removedAt: null, post: isPublic },
    select: { id: true, post: { select: { id: true, title: true } } },
  });
}

/** Sets whether the viewer reacts to a post; setting it twice is setting it once. */
export async function setPostReaction(viewer: Viewer, postId: number, on: boolean): Promise<void> {
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    if (!on) {
      // What was told of it and not read yet is taken back by a trigger.
      return tx.$executeRaw`delete from reactions where post_id = ${postId}::int and user_id = ${viewer.id}::uuid`;
    }
    const liked = await tx.$queryRaw<Author[]>`
      with liked as (
        insert into reactions (post_id, user_id)
        select id, ${viewer.id}::uuid from posts
         where id = ${postId}::int and author_id <> ${viewer.id}::uuid
           and status = 'published' and deleted_at is null and removed_at is null
        on conflict do nothing returning post_id
      )
      select author_id as "authorId" from posts join liked on post_id = id`;
    await tell(
      tx,
      liked.map(({ authorId }) => likeOf(viewer, authorId, { postId })),
    );
  });
}

/** Sets whether the viewer reacts to a comment. */
export async function setCommentReaction(viewer: Viewer, commentId: number, on: boolean): Promise<void> {
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    if (!on) {
      return tx.$executeRaw`
        delete from comment_reactions where comment_id = ${commentId}::int and user_id = ${viewer.id}::uuid`;
    }
    const liked = await tx.$queryRaw<Author[]>`
      with liked as (
        insert into comment_reactions (comment_id, user_id)
        select c.id, ${viewer.id}::uuid from comments c join posts p on p.id = c.post_id
         where c.id = ${commentId}::int and c.author_id <> ${viewer.id}::uuid
           and c.deleted_at is null and c.removed_at is null
           and p.status = 'published' and p.deleted_at is null and p.removed_at is null
        on conflict do nothing returning comment_id
      )
      select author_id as "authorId" from comments join liked on comment_id = id`;
    await tell(
      tx,
      liked.map(({ authorId }) => likeOf(viewer, authorId, { commentId })),
    );
  });
}

/** Whose thing it was; no row where nothing changed. */
interface Author {
  authorId: string;
}

function likeOf(viewer: Viewer, userId: string, about: Pick<Happening, "postId" | "commentId">): Happening {
  return { kind: "reaction", userId, actorId: viewer.id, ...about };
}
