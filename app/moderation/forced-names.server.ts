import { z } from "zod";
import { holdDays } from "#app/auth/account/account.ts";
import type { Transaction } from "#app/server/database.server.ts";
import { enqueue } from "#app/server/jobs.server.ts";
import { skeletonOf } from "#app/users/username.ts";

/**
 * What a username that a moderator gave, or took back, asks of the rest: its skeleton, the names that are held for the
 * person, and the mentions that show it. Names are held as if an act that is undone had never been: a name that its
 * person then gave up themselves was the one beneath the act.
 */
export async function followForcedNames(tx: Transaction, userIds: string[]): Promise<void> {
  for (const userId of userIds) {
    const { username } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { username: true } });
    await tx.user.update({
      where: { id: userId },
      data: { usernameSkeleton: skeletonOf(username) },
      select: { id: true },
    });
    await tx.$executeRaw`
      with given_up as (
        delete from held_usernames h using act_effects e
         where h.user_id = ${userId}::uuid and not h.by_moderator and e.aspect = 'user.username'
           and e.subject = ${userId} and e.undone_at is not null and e.superseded_at is not null
           and h.username_key = lower(e.after)
        returning lower(e.before) as beneath, h.created_at, h.held_until
      )
      update held_usernames h set by_moderator = false, created_at = g.created_at, held_until = g.held_until
        from given_up g where h.username_key = g.beneath and h.user_id = ${userId}::uuid`;
    const names = beneathRows.parse(
      await tx.$queryRaw`
        select distinct before from act_effects
         where aspect = 'user.username' and subject = ${userId} and undone_at is null and before is not null`,
    );
    const keys = names.map(({ before }) => before.toLowerCase()).filter((key) => key !== username.toLowerCase());
    await tx.heldUsername.deleteMany({ where: { userId, byModerator: true, usernameKey: { notIn: keys } } });
    await tx.heldUsername.deleteMany({ where: { userId, usernameKey: username.toLowerCase() } });
    await tx.heldUsername.createMany({
      data: keys.map((usernameKey) => ({
        userId,
        usernameKey,
        skeleton: skeletonOf(usernameKey),
        heldUntil: new Date(Date.now() + holdDays * 86_400_000),
        byModerator: true,
      })),
      skipDuplicates: true,
    });
    await enqueue(tx, "rerender-mentions", { userId });
  }
}

const beneathRows = z.array(z.object({ before: z.string() }));
