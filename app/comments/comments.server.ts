import { randomUUID } from "node:crypto";
import { z } from "zod";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { type CommentEditInput, type CommentInput, commentLimits, type WrittenComment } from "#app/comments/comment.ts";
import { keepCommentVersion } from "#app/history/versions.server.ts";
import { keepMentions, renderNaming } from "#app/mentions/mentions.server.ts";
import { notMuted } from "#app/mutes/conditions.server.ts";
import { type Happening, tell } from "#app/notifications/tell.server.ts";
import { moderates } from "#app/posts/posts.server.ts";
import { db, inTransaction, select, type Transaction } from "#app/server/database.server.ts";
import { admit, type GateRefusal } from "#app/trust/admission.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";

/** Why a comment is not taken: what it answers is gone, the conversation is full, or its people want none of the viewer. */
export type Refusal = "post-gone" | "parent-gone" | "locked" | "full" | "unwelcome";

export type AddOutcome =
  | { outcome: "refused-by-gate"; refusal: GateRefusal }
  /** `inSight`: it stands on its post's first page, however that is ordered */
  | { outcome: "added" | "sent-before"; id: number; inSight: boolean }
  /** the form was sent before with another text */
  | { outcome: "form-used" }
  | { outcome: "refused"; because: Refusal };

/** Adds the viewer's comment to a post that everyone may see, under a comment that still stands, and tells who is answered. */
export async function addComment(viewer: Viewer, postId: number, input: CommentInput): Promise<AddOutcome> {
  const { html, mentions } = await renderNaming(input.body, "comment", viewer);
  return inTransaction(async (tx) => {
    const standing = await assertStillMay(tx, viewer);
    const key = input.submissionKey ?? randomUUID();
    const admission = await admit(tx, viewer, standing, { of: "comment", text: { html }, submissionKey: key });
    if (admission.refusal) return { outcome: "refused-by-gate", refusal: admission.refusal };
    const rows: unknown[] = await tx.$queryRawUnsafe(
      addSql,
      viewer.id,
      postId,
      input.parentId ?? null,
      key,
      input.body,
      html,
      admission.held,
    );
    const place = rows.map((row) => placeRow.parse(row))[0];
    if (!place) return { outcome: "refused", because: "post-gone" };
    const inSight = place.depth <= commentLimits.depth && place.crowd < commentLimits.perPage;
    if (place.before) {
      return place.sentBefore ? { outcome: "sent-before", id: place.before, inSight } : { outcome: "form-used" };
    }
    if (place.added === null) return { outcome: "refused", because: whyNot(place) };
    const told = repliesOf(viewer, place, place.added);
    const text = { commentId: place.added };
    if (mentions.length > 0)
      told.push(...(await keepMentions(tx, text, viewer.id, mentions, { whom: "everyone", told })));
    if (!admission.held) await tell(tx, told);
    return { outcome: "added", id: place.added, inSight };
  });
}

/**
 * Who is asked, and the comment, in one statement. The same form sent twice stands in line at its person's row, which
 * is held by then, so that the second one finds what the first one made.
 */
const addSql = `
  with recursive above as (
    select id, parent_id, 1 as steps from comments where id = $3::int
    union all
    select c.id, c.parent_id, a.steps + 1 from above a join comments c on c.id = a.parent_id
     where a.steps <= ${commentLimits.depth}
  ), place as (
    select p.id as post_id, p.author_id as post_author, c.id as parent_id, c.author_id as parent_author,
           $3::int is null or c.id is not null as parent_stands,
           p.comment_count >= ${commentLimits.perPost} as is_full, p.locked_at is not null as locked,
           exists (select from mutes m where m.muted_id = $1::uuid and m.kind = 'block'
                    and m.muter_id in (p.author_id, c.author_id)) as unwelcome,
           b.id as before, b.post_id = p.id and b.body = $5 as sent_before
      from posts p
      left join comments c on c.id = $3::int and c.post_id = p.id and c.deleted_at is null and c.removed_at is null
      left join comments b on b.author_id = $1::uuid and b.submission_key = $4::uuid
     where p.id = $2::int and p.status = 'published' and p.deleted_at is null and p.removed_at is null
  ), added as (
    insert into comments (post_id, author_id, parent_id, submission_key, body, body_html, held_at, removed_at)
    select post_id, $1::uuid, parent_id, $4::uuid, $5, $6, h.at, h.at
      from place cross join (select case when $7 then now() end as at) h
     where parent_stands and not is_full and not locked and not unwelcome and before is null
    returning id
  )
  select p.post_author as "postAuthor", p.parent_author as "parentAuthor", p.parent_stands as "parentStands",
         p.is_full as "isFull", p.locked, p.before, p.sent_before as "sentBefore", a.id as added,
         coalesce((select max(steps) from above), 0) as depth,
         (select count(*)::int from (select from comments where post_id = $2::int limit ${commentLimits.perPage}) c) as crowd
    from place p left join added a on true`;

const placeRow = z.object({
  postAuthor: z.string(),
  parentAuthor: z.string().nullable(),
  parentStands: z.boolean(),
  isFull: z.boolean(),
  locked: z.boolean(),
  before: z.number().nullable(),
  sentBefore: z.boolean().nullable(),
  added: z.number().nullable(),
  depth: z.number(),
  crowd: z.number(),
});

type Place = z.infer<typeof placeRow>;

function whyNot({ parentStands, isFull, locked }: Place): Refusal {
  if (locked) return "locked";
  return isFull ? "full" : parentStands ? "unwelcome" : "parent-gone";
}

/** The post's author and the author of the comment that is answered; once where they are the same. */
function repliesOf(viewer: Viewer, { postAuthor, parentAuthor }: Place, commentId: number): Happening[] {
  const told = new Set([postAuthor, parentAuthor].filter((id) => id !== null && id !== viewer.id));
  return [...told].map((userId) => ({ kind: "reply", userId: userId ?? "", actorId: viewer.id, commentId }));
}

/** A comment that stands, of a post that everyone may see; the same words are in every query here. */
const standing = {
  deletedAt: null,
  removedAt: null,
  post: { status: "published", deletedAt: null, removedAt: null },
} as const;

/** The viewer's own comment for its form and for deleting; null for anyone else's and for what is gone. */
export function findOwnComment(viewer: Viewer, id: number) {
  return db.comment.findFirst({
    where: { id, authorId: viewer.id, ...standing },
    select: {
      id: true,
      body: true,
      version: true,
      reactionCount: true,
      post: { select: { id: true, title: true } },
      _count: { select: { replies: { where: { deletedAt: null, removedAt: null } } } },
    },
  });
}

export type OwnComment = NonNullable<Awaited<ReturnType<typeof findOwnComment>>>;

export type CommentEditOutcome =
  | { outcome: "refused"; refusal: GateRefusal }
  | { outcome: "saved"; comment: OwnComment }
  /** the author was faster, in another tab */
  | { outcome: "changed-meanwhile"; newer: OwnComment }
  | { outcome: "gone" };

/** Changes a comment of the viewer's, and keeps how it read before; unless it is no longer what the form was filled with. */
export async function editComment(
  viewer: Viewer,
  id: number,
  { body, version }: CommentEditInput,
): Promise<CommentEditOutcome> {
  const comment = await findOwnComment(viewer, id);
  if (!comment) return { outcome: "gone" };
  if (comment.body === body) return { outcome: "saved", comment };
  if (version !== undefined && version !== comment.version) return { outcome: "changed-meanwhile", newer: comment };
  const { html, mentions } = await renderNaming(body, "comment", viewer, { commentId: id });
  const count = await inTransaction(async (tx): Promise<number | GateRefusal> => {
    const standing = await assertStillMay(tx, viewer);
    const before = () => readersTextOf(tx, id);
    const { refusal } = await admit(tx, viewer, standing, { of: "comment", text: { html }, before });
    if (refusal) return refusal;
    const kept = await keepCommentVersion(tx, { id, authorId: viewer.id, version: comment.version });
    if (!kept) return 0;
    const edited = await tx.comment.updateMany({
      where: { id },
      data: { body, bodyHtml: html, version: { increment: 1 }, editedAt: new Date() },
    });
    await tell(tx, await keepMentions(tx, { commentId: id }, viewer.id, mentions, { whom: "new" }));
    return edited.count;
  });
  if (typeof count === "object") return { outcome: "refused", refusal: count };
  if (count === 1) return { outcome: "saved", comment };
  const newer = await findOwnComment(viewer, id);
  return newer ? { outcome: "changed-meanwhile", newer } : { outcome: "gone" };
}

async function readersTextOf(tx: Transaction, id: number) {
  const { bodyHtml: html } = await tx.comment.findUniqueOrThrow({ where: { id }, select: { bodyHtml: true } });
  return { html };
}

/** Deletes a comment of the viewer's: from then on nobody reads it. Null where there is none. */
export async function deleteComment(viewer: Viewer, id: number): Promise<OwnComment["post"] | null> {
  const [deleted] = await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    return tx.comment.updateManyAndReturn({
      where: { id, authorId: viewer.id, ...standing },
      data: { deletedAt: new Date() },
      select: { post: { select: { id: true, title: true } } },
    });
  });
  return deleted?.post ?? null;
}

/**
 * Where a comment is read, for its own address: its post. A gone one is still a place where it was answered, and one
 * that was removed is read by its author and by moderators.
 */
export async function findPostOfComment(id: number, viewer: Viewer | null): Promise<OwnComment["post"] | null> {
  const { deletedAt, removedAt, post } = standing;
  const stands = { deletedAt, removedAt };
  const readers = moderates(viewer) ? [{ deletedAt }] : viewer ? [{ deletedAt, authorId: viewer.id }] : [];
  const found = await db.comment.findFirst({
    where: { id, post, OR: [stands, { replies: { some: stands } }, ...readers] },
    select: { post: { select: { id: true, title: true } } },
  });
  return found?.post ?? null;
}

const writtenPageSize = 25;

/** One page of what a person commented under posts that everyone may see, the newest first; one statement. */
export async function listCommentsBy(
  userId: string,
  viewer: Viewer | null,
  after: Cursor | null,
): Promise<{ comments: WrittenComment[]; next: string | null }> {
  const values = [viewer?.id ?? null, userId, ...(after ? [after.at, Number(after.id)] : [])];
  const name = `comments-by${after ? "-after" : ""}`;
  const rows = await select(name, commentsBySql(after !== null), values, writtenRow);
  const comments = rows.slice(0, writtenPageSize);
  const last = comments.at(-1);
  return {
    comments: comments.map(({ id, createdAt, html, postId, title }) => ({
      id,
      createdAt: createdAt.toISOString(),
      html,
      post: { id: postId, title },
    })),
    next: rows.length > writtenPageSize && last ? formatCursor({ at: last.createdAt, id: String(last.id) }) : null,
  };
}

function commentsBySql(paged: boolean): string {
  return `
    select c.id, c.created_at as "createdAt", c.body_html as html, p.id as "postId", p.title
      from comments c join posts p on p.id = c.post_id
     where c.author_id = $2::uuid and c.deleted_at is null and c.removed_at is null
       and p.status = 'published' and p.deleted_at is null and p.removed_at is null
       and ${notMuted("$1", "p.author_id")}
       ${paged ? "and (c.created_at, c.id) < ($3::timestamptz, $4::int)" : ""}
     order by c.created_at desc, c.id desc limit ${writtenPageSize + 1}`;
}

const writtenRow = z.object({
  id: z.number(),
  createdAt: z.date(),
  html: z.string(),
  postId: z.number(),
  title: z.string(),
});
