import { z } from "zod";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { type CommentInput, commentLimits, type ShownComment } from "#app/comments/comment.ts";
import { renderMarkdown } from "#app/markdown/markdown.server.ts";
import { tell } from "#app/notifications/tell.server.ts";
import { inTransaction, select, type Transaction } from "#app/server/database.server.ts";
import { avatarUrl } from "#app/users/user.ts";

/** The conversation under a post: each comment behind the one that it answers, the oldest first; one statement. */
export async function listComments(postId: number): Promise<ShownComment[]> {
  return threadsOf(await select("comments", commentsSql, [postId], commentRow));
}

const commentsSql = `
  select c.id, c.parent_id as "parentId", c.created_at as "createdAt", c.edited_at is not null as edited,
         case when c.deleted_at is null and c.removed_at is null then c.body_html end as html,
         u.id as "authorId", u.username, u.name, u.avatar
    from comments c join users u on u.id = c.author_id
   where c.post_id = $1
   order by c.created_at, c.id
   limit ${2 * commentLimits.perPost}`;

const commentRow = z.object({
  id: z.number(),
  parentId: z.number().nullable(),
  createdAt: z.date(),
  edited: z.boolean(),
  html: z.string().nullable(),
  authorId: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
});

type CommentRow = z.infer<typeof commentRow>;

/** Puts comments, ordered by time, into the order of reading. What is gone and has no answers left is dropped. */
export function threadsOf(rows: CommentRow[]): ShownComment[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const replies = Map.groupBy(rows, ({ parentId }) => (parentId && byId.has(parentId) ? parentId : null));
  const shown: ShownComment[] = [];
  // A stack instead of recursion: a thread may be as deep as it is long.
  const open = stacked(replies.get(null), 0);
  for (let next = open.pop(); next; next = open.pop()) {
    shown.push(toShown(next.row, next.depth, byId.get(next.row.parentId ?? 0)));
    open.push(...stacked(replies.get(next.row.id), next.depth + 1));
  }
  return withoutLooseEnds(shown);
}

function stacked(rows: CommentRow[] = [], depth: number) {
  return rows.map((row) => ({ row, depth })).reverse();
}

/** From the end: a gone comment stays only where something deeper that is shown follows it. */
function withoutLooseEnds(comments: ShownComment[]): ShownComment[] {
  const kept: ShownComment[] = [];
  for (const comment of comments.toReversed()) {
    const next = kept.at(-1);
    if (comment.content || (next && next.depth > comment.depth)) kept.push(comment);
  }
  return kept.reverse();
}

function toShown(row: CommentRow, depth: number, parent: CommentRow | undefined): ShownComment {
  const { id, createdAt, edited, html, authorId, username, name, avatar } = row;
  return {
    id,
    depth,
    createdAt: createdAt.toISOString(),
    edited,
    parent: parent ? { id: parent.id, name: parent.html === null ? "a deleted comment" : parent.name } : null,
    content: html === null ? null : { html, author: { username, name, avatar: avatarUrl({ id: authorId, avatar }) } },
  };
}

/**
 * Adds the viewer's comment to a post that everyone may see, under a comment that still stands.
 * Null where the post or that comment is gone, or the conversation is full.
 */
export async function addComment(
  viewer: Viewer,
  postId: number,
  { body, parentId }: CommentInput,
): Promise<number | null> {
  const { html } = await renderMarkdown(body, "comment", viewer.id);
  const [added] = await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const comments = await tx.$queryRaw<{ id: number }[]>`
      insert into comments (post_id, author_id, parent_id, body, body_html)
      select p.id, ${viewer.id}::uuid, c.id, ${body}, ${html}
        from posts p
        left join comments c on c.id = ${parentId ?? null}::int and c.post_id = p.id
                            and c.deleted_at is null and c.removed_at is null
       where p.id = ${postId}::int and p.status = 'published' and p.deleted_at is null and p.removed_at is null
         and p.comment_count < ${commentLimits.perPost}
         and (${parentId ?? null}::int is null or c.id is not null)
      returning id`;
    for (const { id } of comments) await tellOfComment(tx, viewer, id);
    return comments;
  });
  return added?.id ?? null;
}

/** Whose post and whose comment it answers. */
async function tellOfComment(tx: Transaction, viewer: Viewer, commentId: number): Promise<void> {
  const answered = await tx.$queryRaw<{ userId: string }[]>`
    select p.author_id as "userId" from comments c join posts p on p.id = c.post_id where c.id = ${commentId}::int
    union
    select parent.author_id from comments c join comments parent on parent.id = c.parent_id where c.id = ${commentId}::int`;
  await tell(
    tx,
    answered.map(({ userId }) => ({ kind: "reply", userId, actorId: viewer.id, commentId })),
  );
}
