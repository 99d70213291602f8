import { data } from "react-router";
import { z } from "zod";
import type { BulkLine } from "#app/admin/bulk/removal.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { setStopped } from "#app/moderation/bulk.server.ts";
import { lockPeople } from "#app/moderation/lock-people.server.ts";
import type { ModerationAction } from "#app/moderation/moderation.ts";
import { actionColumns, actionRow } from "#app/moderation/moderation-log.server.ts";
import { inTransaction, select } from "#app/server/database.server.ts";
import { isAtLeast, outranks, roles } from "#app/users/user.ts";

const lineColumns = `
  b.id::text, b.action_id::text as "actionId", b.direction, cardinality(b.subjects) as total, b.done,
  b.created_at as "startedAt", b.stopped_at is not null as stopped, b.ended_at is not null as ended`;

const isoTime = z.date().transform((time) => time.toISOString());

const lineRow = z.object({
  id: z.string(),
  actionId: z.string(),
  direction: z.enum(["do", "undo", "redo"]),
  total: z.number(),
  done: z.number(),
  startedAt: isoTime,
  stopped: z.boolean(),
  ended: z.boolean(),
});

/** The latest removals of many posts, with how far each of their jobs is. */
export function listBulks(): Promise<(BulkLine & { reason: string; moderatorUsername: string })[]> {
  return select(
    "bulks",
    `select ${lineColumns}, m.reason, m.moderator_username as "moderatorUsername"
       from bulk_acts b join moderation_actions m on m.id = b.action_id order by b.created_at desc limit 30`,
    [],
    lineRow.extend({ reason: z.string(), moderatorUsername: z.string() }),
  );
}

/** One act on many things, and its jobs, the latest first. @throws a 404 response where there is none */
export async function findBulk(actionId: string): Promise<{ action: ModerationAction; jobs: BulkLine[] }> {
  const nowhere = data(null, { status: 404, statusText: "Not Found" });
  if (!z.uuid().safeParse(actionId).success) throw nowhere;
  const [action] = await select(
    "bulk-action",
    `select ${actionColumns} from moderation_actions m
      where m.id = $1::uuid and (m.kind = 'remove-posts' or exists (select from bulk_acts b where b.action_id = m.id))`,
    [actionId],
    actionRow,
  );
  if (!action) throw nowhere;
  const jobs = await select(
    "bulk-jobs",
    `select ${lineColumns} from bulk_acts b where b.action_id = $1::uuid order by b.created_at desc limit 10`,
    [actionId],
    lineRow,
  );
  return { action, jobs };
}

/**
 * Stops what is under way of an act, or lets it go on.
 * @returns false where it has ended
 * @throws a 404 response for who is no moderator any more, a 403 response for who is below whoever began it
 */
export function steerBulk(viewer: Viewer, actionId: string, stopped: boolean): Promise<boolean> {
  return inTransaction(async (tx) => {
    const { moderator } = await lockPeople(tx, viewer, viewer.id);
    if (!isAtLeast(moderator.role, "moderator")) throw data(null, { status: 404, statusText: "Not Found" });
    const [begun] = roleRows.parse(
      await tx.$queryRaw`
        select u.role::text from moderation_actions m join users u on u.id = m.moderator_id where m.id = ${actionId}::uuid`,
    );
    if (begun && outranks(begun.role, moderator.role)) throw data(null, { status: 403, statusText: "Forbidden" });
    const jobs = await tx.bulkAct.findMany({ where: { actionId, endedAt: null }, select: { id: true } });
    let steered = false;
    for (const { id } of jobs) steered = (await setStopped(tx, id, stopped)) || steered;
    return steered;
  });
}

const roleRows = z.array(z.object({ role: z.enum(roles) }));
