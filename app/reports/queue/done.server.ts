import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import type { DoneCase } from "#app/reports/queue/case.ts";
import { resolutionKinds } from "#app/reports/report.ts";
import { select } from "#app/server/database.server.ts";

/** What the viewer has just done with the case of a report, or null. */
export async function findDone({ id }: Pick<Viewer, "id">, reportId: string | null): Promise<DoneCase | null> {
  if (!z.uuid().safeParse(reportId).success) return null;
  const [row] = await select("done-case", doneSql, [reportId, id], doneRow);
  return row ?? null;
}

const doneSql = `
  select r.id as "reportId", z.id as "resolutionId", z.kind, s.username, m.id::text as "actionId", m.kind as act,
         m.expires_at as "expiresAt"
    from reports r join moderation_cases c on c.id = r.case_id join users s on s.id = c.subject_id
    left join resolutions z on z.id = c.resolution_id and z.moderator_id = $2::uuid
    left join moderation_actions m on m.id = z.action_id
   where r.id = $1::uuid and s.id <> $2::uuid
     and (z.id is not null
          or exists (select from act_proposals p where p.subject_user_id = s.id and p.proposer_id = $2::uuid
                        and p.decided_at is null and p.input ->> 'caseId' = c.id::text))`;

const doneRow = z.object({
  reportId: z.string(),
  resolutionId: z.string().nullable(),
  kind: z.enum(resolutionKinds).nullable(),
  username: z.string(),
  actionId: z.string().nullable(),
  act: z.string().nullable(),
  expiresAt: z
    .date()
    .nullable()
    .transform((at) => at?.toISOString() ?? null),
});
