import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { whyNot } from "#app/moderation/policy.ts";
import { type BulkDecision, type BulkLeft, type BulkWill, decisionFor } from "#app/reports/queue/bulk-choice.ts";
import { isCaseAct } from "#app/reports/queue/decision.ts";
import { decidedBy, kindSql } from "#app/reports/queue/queue.server.ts";
import { reportedKinds } from "#app/reports/report.ts";
import { select } from "#app/server/database.server.ts";
import { roles } from "#app/users/user.ts";

/** What a decision about several cases would change, and which cases it leaves as they are. */
export async function previewBulk(
  viewer: Viewer,
  { decision: bulk, ids }: { decision: BulkDecision; ids: number[] },
): Promise<{ will: BulkWill[]; left: BulkLeft[] }> {
  const rows = await select("bulk-cases", bulkSql, [viewer.id, viewer.role === "admin", ids], bulkRow);
  const will: BulkWill[] = [];
  const left: BulkLeft[] = [];
  for (const { closed, removed, deleted, assignee, subjectId, role, banned, ...line } of rows) {
    const decision = decisionFor(bulk, line.kind);
    const isAct = decision !== null && isCaseAct(decision);
    const subject = { id: subjectId, username: line.username, role, banned };
    const why =
      (closed && "It is closed.") ||
      (assignee && `@${assignee} works on it.`) ||
      (decision === null && "There is nothing to remove of a person.") ||
      (bulk === "remove" && deleted && "Its author has deleted it.") ||
      (bulk === "remove" && removed && "It is removed already.") ||
      (isAct && whyNot(decision, viewer, subject)?.text);
    if (why || decision === null) left.push({ ...line, why: why || "" });
    else will.push({ ...line, decision });
  }
  return { will, left };
}

const bulkSql = `
  select c.id, first.id as "reportId", ${kindSql} as kind, coalesce(p.title, mp.title, '') as title,
         coalesce(p.excerpt, left(m.body, 280), '') as words, c.resolution_id is not null as closed,
         coalesce(p.removed_at, m.removed_at) is not null and coalesce(p.held_at, m.held_at) is null as removed,
         coalesce(p.deleted_at, m.deleted_at) is not null as deleted,
         case when a.id <> $1::uuid then a.username end as assignee,
         s.id as "subjectId", s.username, s.role,
         s.banned and not exists (select from bans b where b.id = s.ban_id and b.expires_at <= now()) as banned
    from moderation_cases c join users s on s.id = c.subject_id
    left join users a on a.id = c.assignee_id
    left join posts p on p.id = c.post_id
    left join comments m on m.id = c.comment_id
    left join posts mp on mp.id = m.post_id
    join lateral (select r.id from reports r where r.case_id = c.id order by r.created_at, r.id limit 1) first on true
   where c.id = any($3::int[]) and ${decidedBy({ id: "$1::uuid", isAdmin: "$2::boolean" }, "s")}
   order by c.weight desc, c.id`;

const bulkRow = z.object({
  id: z.number(),
  reportId: z.string(),
  kind: z.enum(reportedKinds),
  title: z.string(),
  words: z.string(),
  closed: z.boolean(),
  removed: z.boolean(),
  deleted: z.boolean(),
  assignee: z.string().nullable(),
  subjectId: z.string(),
  username: z.string(),
  role: z.enum(roles),
  banned: z.boolean(),
});
