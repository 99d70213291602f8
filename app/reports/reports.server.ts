import { z } from "zod";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { type OwnReport, reportedKinds, resolutionKinds } from "#app/reports/report.ts";
import { type Address, findReported } from "#app/reports/reported.server.ts";
import { reportWeightOf } from "#app/reports/weight.server.ts";
import { inTransaction, select } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";

/**
 * Keeps a report with the thing as it is at this moment, in the open case about it or in a new one. Who reported it
 * already, and it is still open, changes nothing.
 * @throws a 404 response where there is no such thing for the viewer to report
 */
export function report(
  viewer: Viewer,
  address: Address,
  { reason, note }: { reason: string; note: string },
): Promise<"reported" | "already"> {
  return inTransaction(async (tx) => {
    // Also whoever is silenced may say that something is wrong.
    await assertStillMay(tx, viewer);
    const { postId, commentId, userId, subjectId, snapshot, reportedAt } = await findReported(viewer, address, tx);
    if (reportedAt) return "already";
    const weight = await reportWeightOf(tx, viewer);
    const [openCase] = caseRows.parse(
      await tx.$queryRaw`
        insert into moderation_cases (post_id, comment_id, user_id, subject_id, weight, report_count)
        values (${postId}, ${commentId}, ${userId}::uuid, ${subjectId}::uuid, ${weight}, 1)
        on conflict (post_id, comment_id, user_id) where resolution_id is null
        do update set weight = moderation_cases.weight + excluded.weight,
                      report_count = moderation_cases.report_count + 1, updated_at = now()
        returning id`,
    );
    if (!openCase) throw new Error("A case was neither opened nor found");
    await tx.report.create({
      data: { caseId: openCase.id, reporterId: viewer.id, rule: reason, note, snapshot, weight },
      select: { id: true },
    });
    return "reported";
  });
}

const caseRows = z.array(z.object({ id: z.number() }));

const ownPageSize = 25;

/** One page of what the viewer reported, the latest first, with what came of it. */
export async function listOwnReports(
  viewer: Pick<Viewer, "id">,
  after: Cursor | null,
): Promise<{ reports: OwnReport[]; next: string | null }> {
  const values = [viewer.id, ownPageSize + 1, ...(after ? [after.at, after.id] : [])];
  const rows = await select(`own-reports${after ? "-after" : ""}`, ownSql(after !== null), values, ownRow);
  const last = rows[ownPageSize - 1];
  return {
    reports: rows.slice(0, ownPageSize).map(({ createdAt, outcomeKind, words, at, ...each }) => ({
      ...each,
      createdAt: createdAt.toISOString(),
      outcome: outcomeKind && { kind: outcomeKind, words: words ?? "", at: at?.toISOString() ?? "" },
    })),
    next: rows.length > ownPageSize && last ? formatCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

const ownSql = (paged: boolean) => `
  select r.id, r.rule, r.note, r.created_at as "createdAt",
         case when c.post_id is not null then 'post' when c.comment_id is not null then 'comment' else 'person' end as kind,
         coalesce(r.snapshot ->> 'username', '') as username, coalesce(r.snapshot ->> 'title', '') as title,
         exists (select from resolutions u where u.case_id = c.id and u.undone_at > r.created_at) as reopened,
         s.kind as "outcomeKind", s.words_to_reporters as words, s.created_at as at
    from reports r join moderation_cases c on c.id = r.case_id left join resolutions s on s.id = c.resolution_id
   where r.reporter_id = $1::uuid ${paged ? "and (r.created_at, r.id) < ($3::timestamptz, $4::uuid)" : ""}
   order by r.created_at desc, r.id desc limit $2`;

const ownRow = z.object({
  id: z.string(),
  kind: z.enum(reportedKinds),
  username: z.string(),
  title: z.string(),
  rule: z.string(),
  note: z.string(),
  createdAt: z.date(),
  reopened: z.boolean(),
  outcomeKind: z.enum(resolutionKinds).nullable(),
  words: z.string().nullable(),
  at: z.date().nullable(),
});
