import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import type { FeedPage, FeedPost } from "#app/posts/post.ts";
import { select } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";
import { avatarUrl } from "#app/users/user.ts";

/** Posts on one page of a list. */
export const feedPageSize = 25;

/** What a list is of. Each kind has its own index and its own prepared statement. */
type FeedKind = { of: "everyone" } | { of: "author"; userId: string } | { of: "tag"; tag: string };

/**
 * One page of the newest posts with their authors, tags, counts and the viewer's own reactions: one statement.
 * Keyset by (published_at, id), so that every page costs what the first one costs.
 */
export async function listFeed(kind: FeedKind, viewer: Viewer | null, after: Cursor | null): Promise<FeedPage> {
  const subject = kind.of === "author" ? [kind.userId] : kind.of === "tag" ? [[kind.tag]] : [];
  const values = [viewer?.id ?? null, feedPageSize + 1, ...subject, ...(after ? [after.at, Number(after.id)] : [])];
  const name = `feed-${kind.of}${after ? "-after" : ""}`;
  const rows = await select(name, feedSql(kind.of, after !== null), values, feedRow);
  const posts = rows.slice(0, feedPageSize).map(toFeedPost);
  const last = rows[feedPageSize - 1];
  return {
    posts,
    next: rows.length > feedPageSize && last ? formatCursor({ at: last.publishedAt, id: String(last.id) }) : null,
  };
}

/** Only what everyone may see is in a list; the same words stand in the partial indexes. */
const isPublic = "status = 'published' and deleted_at is null and removed_at is null";

const feedColumns = `
  p.id, p.title, p.excerpt, p.url, p.tags, p.published_at as "publishedAt", p.comment_count as "commentCount",
  p.reaction_count as "reactionCount", u.id as "authorId", u.username, u.name, u.avatar, r.user_id is not null as reacted`;

function feedSql(kind: FeedKind["of"], paged: boolean): string {
  const where = { everyone: "", author: "and author_id = $3", tag: "and tags @> $3::text[]" }[kind];
  const first = kind === "everyone" ? 3 : 4;
  const keyset = paged ? `and (published_at, id) < ($${first}::timestamptz, $${first + 1}::int)` : "";
  // The page is cut first and joined then: the joins see 26 rows, however many posts there are.
  return `
    select ${feedColumns}
      from (select * from posts where ${isPublic} ${where} ${keyset} order by published_at desc, id desc limit $2) p
      join users u on u.id = p.author_id
      left join reactions r on r.post_id = p.id and r.user_id = $1::uuid
     order by p.published_at desc, p.id desc`;
}

const feedRow = z.object({
  id: z.number(),
  title: z.string(),
  excerpt: z.string(),
  url: z.string().nullable(),
  tags: z.array(z.string()),
  publishedAt: z.date(),
  commentCount: z.number(),
  reactionCount: z.number(),
  authorId: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  reacted: z.boolean(),
});

function toFeedPost({ authorId, username, name, avatar, publishedAt, ...post }: z.infer<typeof feedRow>): FeedPost {
  return {
    ...post,
    publishedAt: publishedAt.toISOString(),
    author: { username, name, avatar: avatarUrl({ id: authorId, avatar }) },
  };
}
