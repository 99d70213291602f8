import { z } from "zod";
import { commentPath } from "#app/comments/comment.ts";
import { actionColumns, actionRow } from "#app/moderation/moderation-log.server.ts";
import { postPath } from "#app/posts/post.ts";
import type { EarlierCase, LatelyWritten, ShownResolution, UndoneResolution } from "#app/reports/queue/case.ts";
import { kindSql } from "#app/reports/queue/queue.server.ts";
import { reportedKinds, resolutionKinds } from "#app/reports/report.ts";
import { select } from "#app/server/database.server.ts";
import { notGone } from "#app/users/user.ts";

/* What stands beside a case. */

/** How a case was closed; null where it is open. */
export async function findResolution(caseId: number): Promise<ShownResolution | null> {
  const [row] = await select(
    "case-resolution",
    `select z.id, z.kind as outcome, z.reason as why, z.words_to_reporters as words, u.username as moderator,
            z.created_at as at, z.action_id::text as "actionId"
       from moderation_cases c join resolutions z on z.id = c.resolution_id left join users u on u.id = z.moderator_id
      where c.id = $1`,
    [caseId],
    resolutionRow,
  );
  if (!row) return null;
  const [action] = row.actionId
    ? await select(
        "case-action",
        `select ${actionColumns} from moderation_actions m where m.id = $1::uuid`,
        [row.actionId],
        actionRow,
      )
    : [];
  const { id, outcome, why, words, moderator, at } = row;
  return {
    id,
    kind: outcome,
    reason: why,
    wordsToReporters: words,
    moderator,
    at: at.toISOString(),
    action: action ?? null,
  };
}

const resolutionRow = z.object({
  id: z.string(),
  outcome: z.enum(resolutionKinds),
  why: z.string(),
  words: z.string(),
  moderator: z.string().nullable(),
  at: z.date(),
  actionId: z.string().nullable(),
});

/** What was decided about a case and taken back, the latest first. */
export async function listUndone(caseId: number): Promise<UndoneResolution[]> {
  const rows = await select("undone-resolutions", undoneSql, [caseId], undoneRow);
  return rows.map(({ at, undoneAt, undoneBy, undoneReason, ...rest }) => ({
    ...rest,
    at: at.toISOString(),
    undone: { by: undoneBy, at: undoneAt.toISOString(), reason: undoneReason },
  }));
}

const undoneSql = `
  select z.id, z.kind, z.reason, u.username as moderator, z.created_at as at, b.username as "undoneBy",
         z.undone_at as "undoneAt", z.undone_reason as "undoneReason"
    from resolutions z
    left join users u on u.id = z.moderator_id and ${notGone("u.username")}
    left join users b on b.id = z.undone_by_id and ${notGone("b.username")}
   where z.case_id = $1 and z.undone_at is not null order by z.undone_at desc`;

const undoneRow = z.object({
  id: z.string(),
  kind: z.enum(resolutionKinds),
  reason: z.string(),
  moderator: z.string().nullable(),
  at: z.date(),
  undoneBy: z.string().nullable(),
  undoneAt: z.date(),
  undoneReason: z.string(),
});

/** Other cases about the same person, the latest first. */
export async function listEarlierCases(subjectId: string, caseId: number): Promise<EarlierCase[]> {
  const rows = await select("earlier-cases", earlierSql, [subjectId, caseId], earlierRow);
  return rows.map((row) => ({ ...row, openedAt: row.openedAt.toISOString() }));
}

const earlierSql = `
  select first.id as "reportId", ${kindSql} as kind, c.opened_at as "openedAt", z.kind as outcome,
         coalesce(first.snapshot ->> 'title', '') as title
    from (select * from moderation_cases c where c.subject_id = $1::uuid and c.id <> $2
           order by c.opened_at desc limit 10) c
    left join resolutions z on z.id = c.resolution_id
    join lateral (select r.id, r.snapshot from reports r where r.case_id = c.id order by r.created_at limit 1) first on true
   order by c.opened_at desc`;

const earlierRow = z.object({
  reportId: z.string(),
  kind: z.enum(reportedKinds),
  openedAt: z.date(),
  outcome: z.enum(resolutionKinds).nullable(),
  title: z.string(),
});

/** What they wrote lately, the most alike to what was reported first; the reported thing itself is not in it. */
export async function listSimilar(
  subjectId: string,
  { postId, commentId, words }: { postId: number | null; commentId: number | null; words: string },
): Promise<LatelyWritten[]> {
  const values = [subjectId, postId ?? 0, commentId ?? 0, words.slice(0, 280)];
  const rows = await select("similar-things", similarSql, values, similarRow);
  return rows.map(({ postId: id, commentId: comment, title, words, at, removed }) => ({
    address: comment === null ? postPath({ id, title }) : commentPath(comment),
    title,
    words,
    at: at.toISOString(),
    removed,
  }));
}

/** Of the last fifty of each. */
const similarSql = `
  select * from (
    (select p.id as "postId", null::int as "commentId", p.title, p.excerpt as words, p.published_at as at,
            p.removed_at is not null as removed
       from posts p
      where p.author_id = $1::uuid and p.status = 'published' and p.deleted_at is null and p.published_at is not null
        and p.id <> $2
      order by p.published_at desc limit 50)
    union all
    (select c.post_id, c.id, p.title, left(c.body, 280), c.created_at, c.removed_at is not null
       from (select * from comments c where c.author_id = $1::uuid and c.deleted_at is null and c.id <> $3
              order by c.created_at desc limit 50) c
       join posts p on p.id = c.post_id)) lately
   order by similarity(words, $4) desc, at desc limit 5`;

const similarRow = z.object({
  postId: z.number(),
  commentId: z.number().nullable(),
  title: z.string(),
  words: z.string(),
  at: z.date(),
  removed: z.boolean(),
});

/** The acts that a second moderator is asked for in this case, each with who asks. */
export function listProposals(subjectId: string, caseId: number): Promise<{ kind: string; proposer: string }[]> {
  return select(
    "case-proposals",
    `select p.kind, u.username as proposer from act_proposals p join users u on u.id = p.proposer_id
      where p.subject_user_id = $1::uuid and p.decided_at is null and p.expires_at > now()
        and p.input ->> 'caseId' = $2::text
      order by p.created_at`,
    [subjectId, String(caseId)],
    z.object({ kind: z.string(), proposer: z.string() }),
  );
}
