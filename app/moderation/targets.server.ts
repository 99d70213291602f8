import { data } from "react-router";
import { z } from "zod";
import { usernameKeyOf } from "#app/moderation/subjects.server.ts";
import type { Transaction } from "#app/server/database.server.ts";

/** What an act is done to. */
export type Target = { username: string } | { postId: number } | { commentId: number };

/** A post or a comment as it is now, and as it stays until the transaction ends. */
export interface LockedThing {
  id: number;
  removed: boolean;
  held: boolean;
  locked: boolean;
  featured: boolean;
}

/** Whom an act on the target concerns. @throws a 404 response where there is no such thing */
export async function findConcerned(tx: Transaction, target: Target): Promise<string> {
  const rows = ownerRows.parse(
    "username" in target
      ? await tx.$queryRaw`select id::text from users where username_key = ${usernameKeyOf(target.username)}`
      : "postId" in target
        ? await tx.$queryRaw`
            select author_id::text as id from posts
             where id = ${target.postId} and status = 'published' and deleted_at is null`
        : await tx.$queryRaw`
            select author_id::text as id from comments where id = ${target.commentId} and deleted_at is null`,
  );
  const [owner] = rows;
  if (!owner) throw data(null, { status: 404, statusText: "Not Found" });
  return owner.id;
}

const ownerRows = z.array(z.object({ id: z.string() }));

/** Locks the post or the comment; null for a person, who is locked already. @throws a 404 response where it is gone */
export async function lockThing(tx: Transaction, target: Target): Promise<LockedThing | null> {
  if ("username" in target) return null;
  const [thing] = thingRows.parse(
    "postId" in target
      ? await tx.$queryRaw`
          select id, removed_at is not null as removed, held_at is not null as held, locked_at is not null as locked,
                 featured_at is not null as featured
            from posts where id = ${target.postId} and deleted_at is null for no key update`
      : await tx.$queryRaw`
          select id, removed_at is not null as removed, held_at is not null as held, false as locked, false as featured
            from comments where id = ${target.commentId} and deleted_at is null for no key update`,
  );
  if (!thing) throw data(null, { status: 404, statusText: "Not Found" });
  return thing;
}

const thingRows = z.array(
  z.object({
    id: z.number(),
    removed: z.boolean(),
    held: z.boolean(),
    locked: z.boolean(),
    featured: z.boolean(),
  }),
);
