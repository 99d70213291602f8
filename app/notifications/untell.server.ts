import type { Happening } from "#app/notifications/tell.server.ts";
import type { Transaction } from "#app/server/database.server.ts";

/**
 * Takes back what was told and not read yet: its actor leaves the line, and a line on which nobody is left goes. Call
 * it where `tell` would stand, as a transaction's last statements.
 */
export async function untell(tx: Transaction, happenings: Happening[]): Promise<void> {
  for (const { kind, userId, actorId, postId, commentId } of happenings) {
    // The line is held first: who joins it at this moment is then seen by what decides whether anybody is left.
    const lines = await tx.$queryRaw<{ id: string }[]>`
      select id from notifications
       where user_id = ${userId}::uuid and kind = ${kind}::notification_kind and read_at is null
         and post_id is not distinct from ${postId ?? null}::int
         and comment_id is not distinct from ${commentId ?? null}::int
         for update`;
    for (const { id } of lines) {
      await tx.$executeRaw`
        with gone as (
          delete from notification_actors where notification_id = ${id}::uuid and actor_id = ${actorId}::uuid
          returning notification_id
        )
        delete from notifications
         where id in (select notification_id from gone)
           and not exists (select from notification_actors
                            where notification_id = ${id}::uuid and actor_id <> ${actorId}::uuid)`;
    }
  }
}
