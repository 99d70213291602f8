import { data } from "react-router";
import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { commentPath } from "#app/comments/comment.ts";
import { changesBetween } from "#app/history/diff.server.ts";
import type { VersionTexts } from "#app/history/history.ts";
import { postPath } from "#app/posts/post.ts";
import type { CaseReport, ShownCase, ThingState } from "#app/reports/queue/case.ts";
import { decidedBy, kindSql } from "#app/reports/queue/queue.server.ts";
import { reportedKinds, type Snapshot, snapshotSchema } from "#app/reports/report.ts";
import { select } from "#app/server/database.server.ts";
import { avatarUrl, isGone, roles, userPath } from "#app/users/user.ts";

/** Reports that a case's page lists. */
const mostReports = 50;

/** The case of a report, with its reports. @throws a 404 response where there is none for the viewer to decide */
export async function findCase(
  { id, role }: Pick<Viewer, "id" | "role">,
  reportId: string,
): Promise<{ shown: ShownCase; reports: CaseReport[]; snapshot: Snapshot }> {
  const nowhere = data(null, { status: 404, statusText: "Not Found" });
  if (!z.uuid().safeParse(reportId).success) throw nowhere;
  const [row] = await select("case", caseSql, [reportId, id, role === "admin"], caseRow);
  if (!row) throw nowhere;
  const rows = await select("case-reports", reportsSql, [row.id, reportId], reportRow);
  const now = textsNow(row);
  return {
    shown: toShown(row, mostFrequent(rows.map(({ rule }) => rule))),
    reports: withChanges(rows, now),
    snapshot: rows.find((each) => each.id === reportId)?.snapshot ?? snapshotSchema.parse({}),
  };
}

const caseSql = `
  select c.id, ${kindSql} as kind, c.post_id as "postId", c.comment_id as "commentId", c.opened_at as "openedAt",
         c.weight, c.report_count as "reportCount", c.resolution_id is not null as closed,
         s.id as "subjectId", s.username, s.name, s.avatar, s.role,
         s.banned and not exists (select from bans b where b.id = s.ban_id and b.expires_at <= now()) as banned,
         a.username as assignee, c.assigned_at as "assignedAt", coalesce(c.assignee_id = $2::uuid, false) as mine,
         coalesce(p.title, mp.title, '') as title, coalesce(p.body, m.body, s.bio) as body,
         coalesce(p.url, case when c.user_id is not null then s.website end, '') as url,
         coalesce(array_to_string(p.tags, ', '), '') as tags, coalesce(p.warning, '') as warning,
         case when coalesce(p.deleted_at, m.deleted_at) is not null then 'deleted'
              when coalesce(p.held_at, m.held_at) is not null then 'held'
              when coalesce(p.removed_at, m.removed_at) is not null then 'removed' else 'public' end as state
    from reports r join moderation_cases c on c.id = r.case_id
    join users s on s.id = c.subject_id
    left join users a on a.id = c.assignee_id
    left join posts p on p.id = c.post_id
    left join comments m on m.id = c.comment_id
    left join posts mp on mp.id = m.post_id
   where r.id = $1::uuid and ${decidedBy({ id: "$2::uuid", isAdmin: "$3::boolean" }, "s")}`;

const caseRow = z.object({
  id: z.number(),
  kind: z.enum(reportedKinds),
  postId: z.number().nullable(),
  commentId: z.number().nullable(),
  openedAt: z.date(),
  weight: z.number(),
  reportCount: z.number(),
  closed: z.boolean(),
  subjectId: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  role: z.enum(roles),
  banned: z.boolean(),
  assignee: z.string().nullable(),
  assignedAt: z.date().nullable(),
  mine: z.boolean(),
  title: z.string(),
  body: z.string(),
  url: z.string(),
  tags: z.string(),
  warning: z.string(),
  state: z.enum(["public", "removed", "held", "deleted"] satisfies ThingState[]),
});
type CaseRow = z.infer<typeof caseRow>;

/** The report that was asked for is among them, however many there are. */
const reportsSql = `
  select r.id, u.username as reporter, r.rule, r.note, r.snapshot, r.weight, r.created_at as "createdAt"
    from reports r left join users u on u.id = r.reporter_id
   where r.case_id = $1
   order by r.id <> $2::uuid, r.created_at, r.id limit ${mostReports}`;

const reportRow = z.object({
  id: z.string(),
  reporter: z.string().nullable(),
  rule: z.string(),
  note: z.string(),
  snapshot: snapshotSchema,
  weight: z.number(),
  createdAt: z.date(),
});

function toShown(row: CaseRow, rule: string): ShownCase {
  const { id, kind, postId, commentId, weight, reportCount, closed, username, name, role, banned, title } = row;
  const gone = row.state === "deleted";
  return {
    id,
    kind,
    postId,
    commentId,
    subject: {
      id: row.subjectId,
      username,
      name,
      avatar: avatarUrl({ id: row.subjectId, avatar: row.avatar }),
      role,
      banned,
      gone: isGone(username),
    },
    openedAt: row.openedAt.toISOString(),
    weight,
    reportCount,
    assignment: row.assignee
      ? {
          username: row.assignee,
          since: row.assignedAt?.toISOString() ?? row.openedAt.toISOString(),
          mine: row.mine,
        }
      : null,
    now: {
      title: gone && kind === "post" ? "" : title,
      body: gone ? "" : row.body,
      address: addressOf(row),
      state: row.state,
    },
    rule,
    closed,
  };
}

function addressOf({ postId, commentId, username, title }: CaseRow): string {
  if (postId !== null) return postPath({ id: postId, title });
  return commentId === null ? userPath(username) : commentPath(commentId);
}

function textsNow({ kind, state, title, body, url, tags, warning }: CaseRow): VersionTexts | null {
  return state === "deleted" ? null : { title: kind === "post" ? title : "", body, url, tags, warning };
}

/** What each report kept, and what has changed since; the same text once. */
function withChanges(rows: z.infer<typeof reportRow>[], now: VersionTexts | null): CaseReport[] {
  const seen = new Set<string>();
  return rows
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .map(({ snapshot, createdAt, ...report }) => {
      const { title, body, url, tags, warning } = snapshot;
      const kept = { title: snapshot.version !== null && now?.title === "" ? "" : title, body, url, tags, warning };
      const key = JSON.stringify(kept);
      const isNew = !seen.has(key);
      seen.add(key);
      const changes = now ? changesBetween(kept, now) : changesBetween(null, kept);
      return {
        ...report,
        createdAt: createdAt.toISOString(),
        changes: isNew && changes.length > 0 ? changes : null,
        erased: snapshot.username === "" && body === "",
      };
    });
}

function mostFrequent(keys: string[]): string {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "";
}
