import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { renderMarkdown } from "#app/markdown/markdown.server.ts";
import { notMuted } from "#app/mutes/conditions.server.ts";
import { type FeedPage, type FeedPost, postStatuses, type ShownPost } from "#app/posts/post.ts";
import { isWebAddress } from "#app/posts/post-form.ts";
import { db, select, type Transaction } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";
import { avatarUrl, isAtLeast } from "#app/users/user.ts";

/** Posts on one page of a list. */
export const feedPageSize = 25;

/** What a list is of. Each kind has its own index and its own prepared statement. */
type FeedKind = { of: "everyone" } | { of: "front" } | { of: "author"; userId: string } | { of: "tag"; tag: string };

/**
 * One page of the newest posts with their authors, tags, counts and the viewer's own reactions: one statement.
 * Keyset by (published_at, id), so that every page costs what the first one costs.
 */
export async function listFeed(kind: FeedKind, viewer: Viewer | null, after: Cursor | null): Promise<FeedPage> {
  const subject = kind.of === "author" ? [kind.userId] : kind.of === "tag" ? [kind.tag] : [];
  const values = [viewer?.id ?? null, ...subject, ...(after ? [after.at, Number(after.id)] : [])];
  const shape = { of: kind.of, paged: after !== null, signedIn: viewer !== null };
  const name = `feed-${kind.of}${after ? "-after" : ""}${viewer ? "-signed-in" : ""}`;
  const rows = await select(name, feedSql(shape), values, feedRow);
  const featured = rows.filter((row) => row.featured);
  const newest = rows.filter((row) => !row.featured);
  const posts = [...featured, ...newest.slice(0, feedPageSize)].map(toFeedPost);
  const last = newest[feedPageSize - 1];
  return {
    posts,
    next: newest.length > feedPageSize && last ? formatCursor({ at: last.publishedAt, id: String(last.id) }) : null,
  };
}

/** Only what everyone may see is in a list; the same words stand in the partial indexes. */
export const isPublic = "p.status = 'published' and p.deleted_at is null and p.removed_at is null";

/** What a list shows of a post `p` and its author `u`; `ownMarks` joins what it says of the viewer. */
export const feedColumns = `
  p.id, p.title, p.excerpt, p.url, p.tags, p.warning, p.published_at as "publishedAt",
  p.comment_count as "commentCount", p.reaction_count as "reactionCount",
  u.id as "authorId", u.username, u.name, u.avatar, r.user_id is not null as reacted, m.user_id is not null as bookmarked`;

/** The viewer's own marks on a post; `$1` is their id, or null. */
export const ownMarks = `
      left join reactions r on r.post_id = p.id and r.user_id = $1::uuid
      left join bookmarks m on m.post_id = p.id and m.user_id = $1::uuid`;

/** What tells one statement from another: each is prepared under its own name. */
interface FeedShape {
  of: FeedKind["of"];
  paged: boolean;
  signedIn: boolean;
}

/** Posts that stand on top of the front page at most. */
const maxFeatured = 3;

function feedSql({ of, paged, signedIn }: FeedShape): string {
  const from = of === "tag" ? "post_tags t join posts p on p.id = t.post_id" : "posts p";
  const key = of === "tag" ? "(t.published_at, t.post_id)" : "(p.published_at, p.id)";
  const first = of === "everyone" || of === "front" ? 2 : 3;
  const where = [
    { everyone: isPublic, front: isPublic, author: `${isPublic} and p.author_id = $2::uuid`, tag: "t.tag = $2" }[of],
    // On a profile the person was asked for.
    signedIn && of !== "author" && notMuted("$1", "p.author_id"),
    paged && `${key} < ($${first}::timestamptz, $${first + 1}::int)`,
  ].filter(Boolean);
  const order = `${key.slice(1, -1).replaceAll(",", " desc,")} desc`;
  // The page is cut first and joined then: the joins see 26 rows, however many posts there are. How many is written out:
  // of a parameter PostgreSQL supposes a tenth of the table, and then plans the statement anew each time.
  const page = (condition: string) =>
    `select p.* from ${from} where ${condition} order by ${order} limit ${feedPageSize + 1}`;
  if (of !== "front") {
    return `
    select ${feedColumns}
      from (${page(where.join(" and "))}) p
      join users u on u.id = p.author_id ${ownMarks}
     order by p.published_at desc, p.id desc`;
  }
  const top = [isPublic, signedIn && notMuted("$1", "p.author_id"), "p.featured_at is not null"].filter(Boolean);
  const newest = page([...where, "p.id not in (select id from featured)"].join(" and "));
  // What stands on top of the first page stands nowhere below; there are few of them, and an index of their own.
  return `
    with featured as materialized (
      select p.* from posts p where ${top.join(" and ")} order by p.featured_at desc limit ${maxFeatured}
    )
    select ${feedColumns}, p.place is not null as featured
      from (${paged ? "" : "select f.*, extract(epoch from f.featured_at) as place from featured f union all"}
            select n.*, null::numeric as place from (${newest}) n) p
      join users u on u.id = p.author_id ${ownMarks}
     order by p.place desc nulls last, p.published_at desc, p.id desc`;
}

/** A row of `feedColumns`. */
export const feedRow = z.object({
  id: z.number(),
  title: z.string(),
  excerpt: z.string(),
  url: z.string().nullable(),
  tags: z.array(z.string()),
  warning: z.string().nullable(),
  publishedAt: z.date(),
  commentCount: z.number(),
  reactionCount: z.number(),
  authorId: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  reacted: z.boolean(),
  bookmarked: z.boolean(),
  /** of the front page alone */
  featured: z.boolean().optional(),
});

export function toFeedPost({
  authorId,
  username,
  name,
  avatar,
  publishedAt,
  ...post
}: z.infer<typeof feedRow>): FeedPost {
  return {
    ...post,
    publishedAt: publishedAt.toISOString(),
    author: { username, name, avatar: avatarUrl({ id: authorId, avatar }) },
  };
}

/**
 * A post with its author and the viewer's reaction: one statement. Null where the viewer may not see it:
 * strangers see what is published and stands; authors also see their drafts, and what a moderator removed or still has
 * to look at, as do moderators.
 */
export async function findPost(id: number, viewer: Viewer | null): Promise<ShownPost | null> {
  const [row] = await select("post", postSql, [viewer?.id ?? null, id, moderates(viewer)], postRow);
  if (!row) return null;
  const { authorId, username, name, avatar, publishedAt, editedAt, ...post } = row;
  return {
    ...post,
    ...(post.status === "draft" && (await layOutDraft(post, authorId))),
    publishedAt: publishedAt?.toISOString() ?? null,
    editedAt: editedAt?.toISOString() ?? null,
    author: { username, name, avatar: avatarUrl({ id: authorId, avatar }) },
  };
}

/** Whether the viewer also reads what was removed. */
export function moderates(viewer: Pick<Viewer, "role"> | null): boolean {
  return viewer !== null && isAtLeast(viewer.role, "moderator");
}

/** A draft is laid out when its author looks at it, not each time that it saves itself. */
async function layOutDraft({ id, url }: { id: number; url: string | null }, authorId: string) {
  const { body } = await db.post.findUniqueOrThrow({ where: { id }, select: { body: true } });
  const { html } = await renderMarkdown(body, "post", authorId);
  return { bodyHtml: html, url: url && isWebAddress(url) ? url : null };
}

const postSql = `
  select ${feedColumns}, p.pinned_at is not null as pinned, p.locked_at is not null as locked,
         p.featured_at is not null as featured, p.held_at is not null as held, p.body_html as "bodyHtml", p.status, p.edited_at as "editedAt",
         p.removed_at is not null as removed, coalesce(p.author_id = $1::uuid, false) as own
    from posts p join users u on u.id = p.author_id ${ownMarks}
   where p.id = $2 and p.deleted_at is null
     and (p.status = 'published' and (p.removed_at is null or $3) or p.author_id = $1::uuid)`;

const postRow = feedRow.extend({
  publishedAt: z.date().nullable(),
  bodyHtml: z.string(),
  status: z.enum(postStatuses),
  editedAt: z.date().nullable(),
  removed: z.boolean(),
  own: z.boolean(),
  pinned: z.boolean(),
  locked: z.boolean(),
  featured: z.boolean(),
  held: z.boolean(),
});

/** Drafts whose form was emptied are gone, until something is typed into the form again. */
export const emptiedDraft = {
  status: "draft",
  title: "",
  body: "",
  url: null,
  warning: null,
  tags: { isEmpty: true },
} as const;

/** The condition that a post is its author's to change. */
export function ownPost(viewer: Viewer, id: number) {
  return { id, authorId: viewer.id, removedAt: null, OR: [{ deletedAt: null }, emptiedDraft] };
}

/** The viewer's own post for its editor and for deleting; null for anyone else's and for what is gone. */
export function findOwnPost(viewer: Viewer, id: number, from: Transaction = db) {
  return from.post.findFirst({
    where: ownPost(viewer, id),
    select: {
      id: true,
      status: true,
      title: true,
      body: true,
      tags: true,
      url: true,
      warning: true,
      version: true,
      updatedAt: true,
      editedAt: true,
      publishedAt: true,
      commentCount: true,
      reactionCount: true,
      unsavedEdit: true,
    },
  });
}

export type OwnPost = NonNullable<Awaited<ReturnType<typeof findOwnPost>>>;
