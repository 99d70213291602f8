import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { inTransaction } from "#app/server/database.server.ts";

/**
 * Gives an open case to the viewer, or takes it off them.
 * @param from who had it when the viewer decided: where it is somebody else by now, nothing happens
 * @returns whether it is as the viewer wished
 */
export function assignCase(
  viewer: Viewer,
  caseId: number,
  { on, from }: { on: boolean; from: string },
): Promise<boolean> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const done = on
      ? await tx.$executeRaw`
          update moderation_cases c set assignee_id = ${viewer.id}::uuid, assigned_at = now()
           where c.id = ${caseId} and c.resolution_id is null
             and exists (select from users v where v.id = ${viewer.id}::uuid and v.role <> 'member')
             and (c.assignee_id = ${viewer.id}::uuid
                  or c.assignee_id is not distinct from (select id from users where username_key = ${from.toLowerCase()}))`
      : await tx.$executeRaw`
          update moderation_cases c set assignee_id = null, assigned_at = null
           where c.id = ${caseId} and c.resolution_id is null and c.assignee_id = ${viewer.id}::uuid`;
    return done > 0;
  });
}
