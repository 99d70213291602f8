import { data } from "react-router";
import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { commentPath } from "#app/comments/comment.ts";
import { usernameKeyOf } from "#app/moderation/subjects.server.ts";
import { parsePostId, postPath } from "#app/posts/post.ts";
import type { ReportedKind, Snapshot } from "#app/reports/report.ts";
import { select, type Transaction } from "#app/server/database.server.ts";
import { isGone, userPath } from "#app/users/user.ts";

/** The thing that an address names. */
export type Address = { postId: string } | { commentId: string } | { username: string };

/** A thing that the viewer may report, as it is now. */
export interface Reported {
  kind: ReportedKind;
  /** whose it is */
  subjectId: string;
  postId: number | null;
  commentId: number | null;
  userId: string | null;
  snapshot: Snapshot;
  /** when the viewer reported it, where that is still open; ISO */
  reportedAt: string | null;
}

/**
 * What everybody sees and is not the viewer's own.
 * @param tx reads within that transaction
 * @throws a 404 response for everything else
 */
export async function findReported(
  viewer: Pick<Viewer, "id">,
  address: Address,
  tx?: Pick<Transaction, "$queryRawUnsafe">,
): Promise<Reported> {
  const kind = kindOf(address);
  const values = [keyOf(address), viewer.id];
  const [row] = tx
    ? rows.parse(await tx.$queryRawUnsafe(queries[kind], ...values))
    : await select(`reported-${kind}`, queries[kind], values, reportedRow);
  if (!row || isGone(row.username)) throw data(null, { status: 404, statusText: "Not Found" });
  const { subjectId, postId, commentId, userId, reportedAt, ...snapshot } = row;
  return { kind, subjectId, postId, commentId, userId, snapshot, reportedAt: reportedAt?.toISOString() ?? null };
}

export function kindOf(address: Address): ReportedKind {
  if ("postId" in address) return "post";
  return "commentId" in address ? "comment" : "person";
}

function keyOf(address: Address): number | string {
  if ("username" in address) return usernameKeyOf(address.username);
  return parsePostId("postId" in address ? address.postId : address.commentId) ?? 0;
}

/** Where it is read. */
export function addressOf({ postId, commentId, snapshot }: Reported): string {
  if (postId !== null) return postPath({ id: postId, title: snapshot.title });
  return commentId === null ? userPath(snapshot.username) : commentPath(commentId);
}

/** @param same the condition that a case `c` is about this thing */
const reportedAt = (same: string) => `
  (select r.created_at from reports r join moderation_cases c on c.id = r.case_id
    where c.resolution_id is null and ${same} and r.reporter_id = $2::uuid limit 1) as "reportedAt"`;

const isPublic = "p.status = 'published' and p.deleted_at is null and p.removed_at is null";

const queries: Record<ReportedKind, string> = {
  post: `
    select p.author_id as "subjectId", p.id as "postId", null::int as "commentId", null::uuid as "userId",
           u.username, u.name, p.title, p.body, coalesce(p.url, '') as url, array_to_string(p.tags, ', ') as tags,
           coalesce(p.warning, '') as warning, p.version, ${reportedAt("c.post_id = p.id")}
      from posts p join users u on u.id = p.author_id
     where p.id = $1::int and ${isPublic} and p.author_id <> $2::uuid`,
  comment: `
    select m.author_id as "subjectId", null::int as "postId", m.id as "commentId", null::uuid as "userId",
           u.username, u.name, p.title, m.body, '' as url, '' as tags, '' as warning, m.version,
           ${reportedAt("c.comment_id = m.id")}
      from comments m join posts p on p.id = m.post_id join users u on u.id = m.author_id
     where m.id = $1::int and m.deleted_at is null and m.removed_at is null and ${isPublic}
       and m.author_id <> $2::uuid`,
  person: `
    select u.id as "subjectId", null::int as "postId", null::int as "commentId", u.id as "userId",
           u.username, u.name, '' as title, u.bio as body, coalesce(u.website, '') as url, '' as tags, '' as warning,
           null::int as version, ${reportedAt("c.user_id = u.id")}
      from users u where u.username_key = $1::text and u.id <> $2::uuid`,
};

const reportedRow = z.object({
  subjectId: z.string(),
  postId: z.number().nullable(),
  commentId: z.number().nullable(),
  userId: z.string().nullable(),
  username: z.string(),
  name: z.string(),
  title: z.string(),
  body: z.string(),
  url: z.string(),
  tags: z.string(),
  warning: z.string(),
  version: z.number().nullable(),
  reportedAt: z.date().nullable(),
});
const rows = z.array(reportedRow);
