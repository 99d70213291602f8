import type { Transaction } from "#app/server/database.server.ts";

/**
 * Erases a person from the reports when their account goes: their name and words as a reporter; of what was reported
 * of theirs, all of it or only their face; what moderators noted about them. What was decided stays, without words.
 * Before their texts are erased, because what they deleted themselves goes in any case.
 * @param erase whether their texts go, too
 */
export async function eraseFromReports(tx: Transaction, userId: string, erase: boolean): Promise<void> {
  await tx.report.updateMany({ where: { reporterId: userId }, data: { note: "", reporterId: null } });
  await tx.reporterRecord.deleteMany({ where: { userId } });
  await tx.modNote.deleteMany({ where: { userId } });
  await tx.$executeRaw`
    update reports r
       set snapshot = case when ${erase} or c.user_id is not null or p.deleted_at is not null or m.deleted_at is not null
                           then '{}'::jsonb else r.snapshot - 'username' - 'name' end
      from moderation_cases c
      left join posts p on p.id = c.post_id
      left join comments m on m.id = c.comment_id
     where c.id = r.case_id and c.subject_id = ${userId}::uuid`;
  // A title of theirs stands above what others wrote.
  await tx.$executeRaw`
    update reports r set snapshot = r.snapshot - 'title'
      from moderation_cases c join comments m on m.id = c.comment_id join posts p on p.id = m.post_id
     where c.id = r.case_id and p.author_id = ${userId}::uuid and (${erase} or p.deleted_at is not null)`;
  await tx.$executeRaw`
    update resolutions z set reason = 'Erased', words_to_reporters = '', words_to_subject = '',
           undone_reason = case when undone_at is not null then 'Erased' end
      from moderation_cases c where c.id = z.case_id and c.subject_id = ${userId}::uuid`;
}
