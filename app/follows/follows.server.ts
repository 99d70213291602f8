import { z } from "zod";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { tell } from "#app/notifications/tell.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";

/** Whom the viewer may follow or stop following: anybody else, where neither has blocked the other. */
export async function findFollowee(viewer: Viewer, username: string) {
  if (!/^[\w-]{1,40}$/.test(username)) return null;
  return db.user.findFirst({
    where: {
      usernameKey: username.toLowerCase(),
      id: { not: viewer.id },
      mutes: { none: { mutedId: viewer.id, kind: "block" } },
      mutedBy: { none: { muterId: viewer.id, kind: "block" } },
    },
    select: { id: true, username: true },
  });
}

/** Sets whether the viewer follows somebody; setting it twice is setting it once, and tells them once. */
export async function setFollow(viewer: Viewer, followeeId: string, on: boolean): Promise<void> {
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    if (on) await follow(tx, viewer, [followeeId]);
    else {
      await tx.$executeRaw`
        delete from follows where follower_id = ${viewer.id}::uuid and followee_id = ${followeeId}::uuid`;
    }
  });
}

/** Sets whether the viewer follows a tag that some post has or had; a synonym counts as its tag. */
export async function setTagFollow(viewer: Viewer, tag: string, on: boolean): Promise<void> {
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    if (on) await followTags(tx, viewer, [tag]);
    else await tx.$executeRaw`delete from tag_follows where user_id = ${viewer.id}::uuid and tag = ${tag}`;
  });
}

/** Follows people and tags all at once. What cannot be followed, or no longer exists, is left out. */
export async function followMany(viewer: Viewer, usernames: string[], tags: string[]): Promise<void> {
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    if (tags.length > 0) await followTags(tx, viewer, tags);
    const keys = usernames.map((username) => username.toLowerCase());
    const people = await tx.user.findMany({
      where: { usernameKey: { in: keys }, id: { not: viewer.id } },
      select: { id: true },
    });
    if (people.length > 0) {
      await follow(
        tx,
        viewer,
        people.map(({ id }) => id),
      );
    }
  });
}

/** Whoever has blocked the viewer, or whom they have blocked, is left out by the database itself. */
async function follow(tx: Transaction, viewer: Viewer, followeeIds: string[]): Promise<void> {
  if (followeeIds.length > 1) await holdCounts(tx, [viewer.id, ...followeeIds]);
  const added = addedRows.parse(
    await tx.$queryRaw`
      insert into follows (follower_id, followee_id)
      select ${viewer.id}::uuid, id from users where id = any (${followeeIds}::uuid[]) order by id
      on conflict do nothing
      returning followee_id::text as "followeeId"`,
  );
  await tell(
    tx,
    added.map(({ followeeId }) => ({ kind: "follow", userId: followeeId, actorId: viewer.id })),
  );
}

const addedRows = z.array(z.object({ followeeId: z.string() }));

/** One follow takes its two people's counts in order; several of them have to take all of them in order, at first. */
async function holdCounts(tx: Transaction, userIds: string[]): Promise<void> {
  await tx.$executeRaw`
    insert into user_counts (user_id) select id from users where id = any (${userIds}::uuid[]) order by id
    on conflict do nothing`;
  await tx.$executeRaw`select from user_counts where user_id = any (${userIds}::uuid[]) order by user_id for update`;
}

async function followTags(tx: Transaction, viewer: Viewer, tags: string[]): Promise<void> {
  // The same lock as for a post's tags: a synonym that is made meanwhile is seen here, or sees this.
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtext('tag_synonyms'))`;
  await tx.$executeRaw`
    insert into tag_follows (user_id, tag)
    select distinct ${viewer.id}::uuid, t.name
      from unnest(${tags}::text[]) wanted
      left join tag_synonyms s on s.name = wanted
      join tags t on t.name = coalesce(s.tag, wanted)
    on conflict do nothing`;
}
