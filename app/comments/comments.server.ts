import { z } from "zod";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { type CommentInput, commentLimits, type ShownComment } from "#app/comments/comment.ts";
import { keepMentions, renderNaming } from "#app/mentions/mentions.server.ts";
import { notMuted } from "#app/mutes/mutes.server.ts";
import { tell } from "#app/notifications/tell.server.ts";
import { inTransaction, select } from "#app/server/database.server.ts";
import { avatarUrl } from "#app/users/user.ts";

/** The conversation under a post: each comment behind the one that it answers, the oldest first; one statement. */
export async function listComments(postId: number, viewer: Viewer | null = null): Promise<ShownComment[]> {
  return threadsOf(await select("comments", commentsSql, [postId, viewer?.id ?? null], commentRow));
}

const commentsSql = `
  select c.id, c.parent_id as "parentId", c.created_at as "createdAt", c.edited_at is not null as edited,
         case when c.deleted_at is null and c.removed_at is null then c.body_html end as html,
         not ${notMuted("$2", "c.author_id")} as muted,
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
  muted: z.boolean(),
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
  const { id, createdAt, edited, muted, html, authorId, username, name, avatar } = row;
  return {
    id,
    depth,
    createdAt: createdAt.toISOString(),
    edited,
    muted,
    parent: parent ? { id: parent.id, name: nameOf(parent) } : null,
    content: html === null ? null : { html, author: { username, name, avatar: avatarUrl({ id: authorId, avatar }) } },
  };
}

function nameOf({ html, muted, name }: CommentRow): string {
  if (html === null) return "a deleted comment";
  return muted ? "somebody whom you muted" : name;
}

/**
 * Adds the viewer's comment to a post that everyone may see, under a comment that still stands.
 * Null where the post or that comment is gone, where its writer blocked the viewer, or the conversation is full.
 */
export async function addComment(
  viewer: Viewer,
  postId: number,
  { body, parentId }: CommentInput,
): Promise<number | null> {
  const { html, mentions } = await renderNaming(body, "comment", viewer);
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const [added] = await tx.$queryRaw<{ id: number }[]>`
      insert into comments (post_id, author_id, parent_id, body, body_html)
      select p.id, ${viewer.id}::uuid, c.id, ${body}, ${html}
        from posts p
        left join comments c on c.id = ${parentId ?? null}::int and c.post_id = p.id
                            and c.deleted_at is null and c.removed_at is null
       where p.id = ${postId}::int and p.status = 'published' and p.deleted_at is null and p.removed_at is null
         and p.comment_count < ${commentLimits.perPost}
         and (${parentId ?? null}::int is null or c.id is not null)
         and not exists (select from mutes where muter_id in (p.author_id, c.author_id)
                                             and muted_id = ${viewer.id}::uuid and kind = 'block')
      returning id`;
    if (!added) return null;
    if (mentions.length > 0) {
      await tell(tx, await keepMentions(tx, { commentId: added.id }, viewer.id, mentions, { whom: "everyone" }));
    }
    return added.id;
  });
}
