import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { type CommentPage, commentLimits, type ShownComment } from "#app/comments/comment.ts";
import { type CommentOrder, type CommentView, wholeConversation } from "#app/comments/comment-order.ts";
import { notMuted } from "#app/mutes/conditions.server.ts";
import { moderates } from "#app/posts/posts.server.ts";
import { select } from "#app/server/database.server.ts";
import { avatarUrl } from "#app/users/user.ts";

/**
 * One page of the conversation under a post: each comment behind the one that it answers, siblings in the order that
 * was asked for; one statement, whatever the conversation's size and depth.
 * @param quoting the comment whose Markdown is wanted as well
 * @returns null where a thread was asked for that nobody may see
 */
export async function listComments(
  postId: number,
  view: CommentView = wholeConversation,
  viewer: Viewer | null = null,
  quoting: number | null = null,
): Promise<CommentPage | null> {
  const { order, after, thread } = view;
  const values = [postId, viewer?.id ?? null, quoting, ...(thread ? [thread] : []), ...(after ? [after] : [])];
  const shape = { order, paged: after !== null, thread: thread !== null, removedToo: moderates(viewer) };
  const name = `comments-${order}${thread ? "-thread" : ""}${after ? "-after" : ""}${shape.removedToo ? "-moderating" : ""}`;
  const rows = await select(name, commentsSql(shape), values, row);
  const above = rows.filter(({ depth }) => depth < 0);
  const page = rows.slice(0, above.length + commentLimits.perPage);
  const comments = withoutLooseEnds(page).map(toShown);
  if (thread && !after && !comments.some(({ id }) => id === thread)) return null;
  return {
    comments,
    next: rows.length > page.length ? (page.at(-1)?.place ?? null) : null,
    quoted: rows.find(({ source }) => source !== null)?.source ?? null,
  };
}

/** What siblings are ordered by, and what decides between equals. Numbers, so that a comment's place is an array of them. */
const orderedBy: Record<CommentOrder, [string, string]> = {
  top: ["-c.reaction_count", "c.id"],
  new: ["-(extract(epoch from c.created_at) * 1000)::bigint", "-c.id"],
  old: ["(extract(epoch from c.created_at) * 1000)::bigint", "c.id"],
};

interface Shape {
  order: CommentOrder;
  paged: boolean;
  thread: boolean;
  /** for moderators, who read what was removed as well */
  removedToo: boolean;
}

/**
 * A comment's place is the array of its ancestors' keys and its own: in the order of places, each stands behind the one
 * that it answers. Of every family only as many children are walked as one page could show, and only as deep as a page
 * goes, so that neither long nor deep threads make it slow; bodies and people are joined to the rows of the page alone.
 */
function commentsSql({ order, paged, thread, removedToo }: Shape): string {
  const [first, second] = orderedBy[order];
  const key = `array[(${first})::bigint, (${second})::bigint]`;
  const after = `$${thread ? 5 : 4}::bigint[]`;
  // The cursor's own comment and its ancestors are walked again, and one more says that there is a next page.
  const cut = `order by ${first}, ${second} limit ${commentLimits.perPage + 2}`;
  const [from, to] = ["cardinality(w.place) + 1", "cardinality(w.place) + 2"];
  return `
    with recursive ${thread ? above : ""} walk as (
      select * from (
        select c.id, 0 as depth, ${key} as place
          from comments c
         where c.post_id = $1 and ${thread ? "c.id = $4" : "c.parent_id is null"}
           ${paged ? `and ${key} >= (${after})[1:2]` : ""} ${cut}) roots
      union all
      select r.id, w.depth + 1, w.place || r.key
        from walk w cross join lateral (
          select c.id, ${key} as key from comments c
           where c.parent_id = w.id
             ${paged ? `and (w.place <> (${after})[1:cardinality(w.place)] or ${key} >= (${after})[${from}:${to}])` : ""}
             ${cut}) r
       where w.depth < ${commentLimits.depth}
    ), page as (
      (select * from walk ${paged ? `where place > ${after}` : ""} order by place limit ${commentLimits.perPage + 1})
      ${thread && !paged ? "union all select id, -steps, '{}'::bigint[] from above where steps > 0" : ""}
    )
    select ${columns(removedToo ? "true" : "c.author_id = $2::uuid")}
      from page w join comments c on c.id = w.id join users u on u.id = c.author_id
      left join comments a on a.id = c.parent_id left join users au on au.id = a.author_id
      left join comment_reactions r on r.comment_id = c.id and r.user_id = $2::uuid
     order by least(w.depth, 0), w.place`;
}

const above = `
      above as (
        select c.id, c.parent_id, 0 as steps from comments c where c.id = $4 and c.post_id = $1
        union all
        select c.id, c.parent_id, b.steps + 1 from above b join comments c on c.id = b.parent_id
         where b.steps < ${commentLimits.ancestors}
      ),`;

const stands = (comment: string) => `${comment}.deleted_at is null and ${comment}.removed_at is null`;

/** @param reads who reads what was removed */
const columns = (reads: string) => `
           c.id, w.depth, array_to_string(w.place, '.') as place, c.parent_id as "parentId",
           c.created_at as "createdAt", c.edited_at as "editedAt", c.reaction_count as "reactionCount",
           r.user_id is not null as reacted, coalesce(c.author_id = $2::uuid, false) as own,
           not ${notMuted("$2", "c.author_id")} as muted,
           w.depth = ${commentLimits.depth} and exists (select from comments d where d.parent_id = c.id) as continues,
           not (${stands("c")}) and exists (select from comments d where d.parent_id = c.id and ${stands("d")}) as answered,
           case when ${stands("c")} or c.deleted_at is null and ${reads} then c.body_html end as html,
           c.removed_at is not null as removed, c.held_at is not null as held,
           case when ${stands("c")} and c.id = $3::int then c.body end as source,
           case when ${stands("a")} then case when ${notMuted("$2", "a.author_id")} then au.name else 'somebody whom you muted' end
           end as "parentName",
           u.id as "authorId", u.username, u.name, u.avatar`;

const row = z.object({
  id: z.number(),
  depth: z.number(),
  place: z.string(),
  parentId: z.number().nullable(),
  createdAt: z.date(),
  editedAt: z.date().nullable(),
  reactionCount: z.number(),
  reacted: z.boolean(),
  own: z.boolean(),
  muted: z.boolean(),
  continues: z.boolean(),
  answered: z.boolean(),
  html: z.string().nullable(),
  removed: z.boolean(),
  held: z.boolean(),
  source: z.string().nullable(),
  parentName: z.string().nullable(),
  authorId: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
});

type CommentRow = z.infer<typeof row>;

/** From the end: a gone comment stays only where it was answered, or something deeper that is shown follows it. */
function withoutLooseEnds(rows: CommentRow[]): CommentRow[] {
  const kept: CommentRow[] = [];
  for (const each of rows.toReversed()) {
    const next = kept.at(-1);
    if (each.html !== null || each.answered || (next && next.depth > each.depth)) kept.push(each);
  }
  return kept.reverse();
}

function toShown(row: CommentRow): ShownComment {
  const { id, depth, reactionCount, reacted, own, muted, continues, html, authorId, username, name, avatar } = row;
  return {
    id,
    depth,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    reactionCount,
    reacted,
    own,
    muted,
    continues,
    removed: row.removed,
    held: row.removed && row.held,
    parent: row.parentId === null ? null : { id: row.parentId, name: row.parentName ?? "a deleted comment" },
    content: html === null ? null : { html, author: { username, name, avatar: avatarUrl({ id: authorId, avatar }) } },
  };
}
