import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Browser, RequestFacts } from "#app/auth/browser.server.ts";
import { findCeremony, takeCeremony } from "#app/auth/ceremonies.server.ts";
import { type Entry, enter } from "#app/auth/door.server.ts";
import { giveNotice } from "#app/auth/notices.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { type contributions, goneName, graceDays, releasedDays } from "#app/deletions/deletion.ts";
import { faceSchema } from "#app/deletions/face.ts";
import { beginActing, endActing } from "#app/moderation/effects.server.ts";
import { isAboutLastAdmin } from "#app/moderation/outcome.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";
import { enqueue } from "#app/server/jobs.server.ts";
import { goneAvatar } from "#app/users/user.ts";
import { skeletonOf } from "#app/users/username.ts";

const dayMs = 86_400_000;

/** What the page for leaving says before: whether another admin stays. */
export const lastAdmin = "You are the only admin, and one has to stay. Make somebody else an admin first.";

/**
 * The viewer leaves. At once they are signed out everywhere and wear nobody's face, so that every list shows a deleted
 * user where they were; what they wrote is hidden, if it is to be erased. For `graceDays` all of that can be taken back.
 * @returns why not, as a sentence; null when it is done
 */
export async function askForDeletion(
  viewer: Pick<Viewer, "id" | "sessionId">,
  choice: (typeof contributions)[number],
  facts: RequestFacts,
): Promise<string | null> {
  try {
    await inTransaction(async (tx) => {
      await assertStillMay(tx, viewer, { evenBanned: true });
      await leave(tx, viewer.id, choice === "keep", facts);
    });
    return null;
  } catch (error) {
    if (isAboutLastAdmin(error)) return lastAdmin;
    throw error;
  }
}

async function leave(tx: Transaction, userId: string, keepContributions: boolean, facts: RequestFacts): Promise<void> {
  // The mail names them, so it comes before their name goes.
  await giveNotice(tx, userId, "deletion-asked", facts);
  await recordEvent(tx, "deletion-asked", { actorId: userId, userId, ...facts, details: { keepContributions } });
  // Later than whatever they deleted themselves: by this moment what is hidden now is known again.
  const [row] = moments.parse(
    await tx.$queryRaw`
      select greatest(date_trunc('milliseconds', clock_timestamp()),
                      (select max(deleted_at) from posts where author_id = ${userId}::uuid) + interval '1 ms',
                      (select max(deleted_at) from comments where author_id = ${userId}::uuid) + interval '1 ms') as at`,
  );
  if (!row) throw new Error("The database does not know the time");
  const face = faceSchema.parse(await tx.user.findUniqueOrThrow({ where: { id: userId } }));
  const dueAt = new Date(row.at.getTime() + graceDays * dayMs);
  await tx.accountDeletion.create({
    data: { userId, requestedAt: row.at, dueAt, keepContributions, face },
    select: { userId: true },
  });
  const username = `~${randomBytes(6).toString("hex")}`;
  await beginActing(tx);
  await tx.$executeRaw`
    update users
       set username = ${username}, username_key = ${username}, username_skeleton = ${skeletonOf(username)},
           name = ${goneName}, avatar = ${goneAvatar}, bio = '', website = null, role = 'member'
     where id = ${userId}::uuid`;
  await endActing(tx);
  await tx.$executeRaw`
    insert into released_usernames (skeleton_hash, held_until)
    values (hash_of_skeleton(${face.usernameSkeleton}), ${new Date(dueAt.getTime() + releasedDays * dayMs)})
    on conflict (skeleton_hash) do update set held_until = excluded.held_until`;
  if (!keepContributions) {
    await tx.$executeRaw`
      update posts set deleted_at = ${row.at} where author_id = ${userId}::uuid and deleted_at is null`;
    await tx.$executeRaw`
      update comments set deleted_at = ${row.at} where author_id = ${userId}::uuid and deleted_at is null`;
  }
  await tx.trustedDevice.deleteMany({ where: { userId } });
  await tx.session.deleteMany({ where: { userId } });
  await enqueue(tx, "rerender-mentions", { userId });
}

const moments = z.array(z.object({ at: z.coerce.date() }));

/** When the account is gone whose owner has just shown who they are in this browser; null for any other visitor. */
export async function findLeaving(request: Request): Promise<{ dueAt: string; username: string } | null> {
  const ceremony = await findCeremony("leaving", request);
  const deletion =
    ceremony?.userId &&
    (await db.accountDeletion.findUnique({
      where: { userId: ceremony.userId, dueAt: { gt: new Date() } },
      select: { dueAt: true, face: true },
    }));
  if (!deletion) return null;
  return { dueAt: deletion.dueAt.toISOString(), username: faceSchema.parse(deletion.face).username };
}

/**
 * Somebody who was leaving stays: everything is as it was, and they come in.
 * @param token names the ceremony that the door began
 * @returns what the door answers; null where the token is over, or their time
 */
export async function stay(token: string | null, browser: Browser): Promise<Entry | null> {
  if (token === null) return null;
  return inTransaction(async (tx) => {
    const ceremony = await takeCeremony(tx, "leaving", token);
    if (!ceremony?.userId || !(await putFaceBack(tx, ceremony.userId))) return null;
    await recordEvent(tx, "deletion-taken-back", {
      actorId: ceremony.userId,
      userId: ceremony.userId,
      ...browser.facts,
    });
    await giveNotice(tx, ceremony.userId, "deletion-taken-back", browser.facts);
    await enqueue(tx, "rerender-mentions", { userId: ceremony.userId });
    return enter(tx, ceremony.userId, "stayed", browser);
  });
}

/** Whether they were leaving, and still may stay. */
async function putFaceBack(tx: Transaction, userId: string): Promise<boolean> {
  // Against the removal for good, which holds the same row first.
  await tx.$queryRaw`select 1 from users where id = ${userId}::uuid for no key update`;
  const deletion = await tx.accountDeletion.findUnique({ where: { userId, dueAt: { gt: new Date() } } });
  if (!deletion) return false;
  const face = faceSchema.parse(deletion.face);
  await tx.$executeRaw`delete from released_usernames where skeleton_hash = hash_of_skeleton(${face.usernameSkeleton})`;
  await beginActing(tx);
  await tx.$executeRaw`
    update users
       set username = ${face.username}, username_key = ${face.usernameKey},
           username_skeleton = ${face.usernameSkeleton}, name = ${face.name}, avatar = ${face.avatar},
           bio = ${face.bio}, website = ${face.website}, role = ${face.role}::role
     where id = ${userId}::uuid`;
  await endActing(tx);
  const hidden = { authorId: userId, deletedAt: deletion.requestedAt };
  if (!deletion.keepContributions) {
    await tx.$executeRaw`update posts set deleted_at = null
      where author_id = ${hidden.authorId}::uuid and deleted_at = ${hidden.deletedAt}`;
    await tx.$executeRaw`update comments set deleted_at = null
      where author_id = ${hidden.authorId}::uuid and deleted_at = ${hidden.deletedAt}`;
  }
  await tx.accountDeletion.delete({ where: { userId }, select: { userId: true } });
  return true;
}
