import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { roughExcerptOf } from "#app/markdown/excerpt.server.ts";
import type { Draft } from "#app/posts/post.ts";
import { feedPageSize } from "#app/posts/posts.server.ts";
import { db, select } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";

/** More than anybody edits at once; the others come up when these are saved or discarded. */
const maxUnsaved = 50;

/** One page of the viewer's drafts, the latest touched first, and how many there are. */
export async function listDrafts(
  viewer: Viewer,
  after: Cursor | null,
): Promise<{ drafts: Draft[]; count: number; next: string | null }> {
  const values = [viewer.id, feedPageSize + 1, ...(after ? [after.at, Number(after.id)] : [])];
  const rows = await select(`drafts${after ? "-after" : ""}`, draftsSql(after !== null), values, draftRow);
  const drafts = rows
    .slice(0, feedPageSize)
    .map(({ count: _, ...row }) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
  const last = rows[feedPageSize - 1];
  return {
    drafts,
    count: rows[0]?.count ?? 0,
    next: rows.length > feedPageSize && last ? formatCursor({ at: last.updatedAt, id: String(last.id) }) : null,
  };
}

function draftsSql(paged: boolean): string {
  const theirs = "author_id = $1::uuid and status = 'draft' and deleted_at is null and removed_at is null";
  return `
    select id, title, excerpt, updated_at as "updatedAt", (select count(*)::int from posts where ${theirs}) as count
      from posts
     where ${theirs}${paged ? " and (updated_at, id) < ($3::timestamptz, $4::int)" : ""}
     order by updated_at desc, id desc limit $2`;
}

const draftRow = z.object({
  id: z.number(),
  title: z.string(),
  excerpt: z.string(),
  updatedAt: z.date(),
  count: z.number(),
});

/** Published posts of the viewer's with changes that are kept and not saved, the latest touched first. */
export async function listUnsaved(viewer: Viewer): Promise<Draft[]> {
  const rows = await db.unsavedEdit.findMany({
    where: { post: { authorId: viewer.id, deletedAt: null, removedAt: null } },
    orderBy: { updatedAt: "desc" },
    take: maxUnsaved,
    select: { title: true, body: true, updatedAt: true, post: { select: { id: true, title: true } } },
  });
  return rows.map(({ title, body, updatedAt, post }) => ({
    id: post.id,
    title: title || post.title,
    excerpt: roughExcerptOf(body),
    updatedAt: updatedAt.toISOString(),
  }));
}
