import { href } from "react-router";
import { z } from "zod";
import type { UserSummary } from "#app/users/user.ts";

/** A post as lists show it. Times are ISO strings in UTC. */
export interface FeedPost {
  id: number;
  title: string;
  excerpt: string;
  url: string | null;
  tags: string[];
  publishedAt: string;
  commentCount: number;
  reactionCount: number;
  /** whether the viewer reacted; false for visitors */
  reacted: boolean;
  author: UserSummary;
}

/** One page of posts, newest first, and the cursor of the next one. */
export interface FeedPage {
  posts: FeedPost[];
  next: string | null;
}

/** Second segments of /p/:postId/… that are pages of their own and so no slugs. */
const reservedSlugs = new Set(["edit", "delete", "comments", "reaction", "bookmark", "report"]);

/** The readable end of a post's address: lower-case letters of any script and digits, at most 60 characters. */
export function slugOf(title: string): string {
  const slug = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  return reservedSlugs.has(slug) ? `${slug}-post` : slug;
}

/** A post's address on this site. */
export function postPath(post: { id: number; title: string }): string {
  const slug = slugOf(post.title);
  return href("/p/:postId/:slug?", { postId: String(post.id), slug: slug || undefined });
}

/** The id of a URL, or null: 1 to 2147483647, without leading zeros. */
export function parsePostId(text: string | undefined): number | null {
  const parsed = z.coerce.number().int().min(1).max(2_147_483_647).safeParse(text);
  return parsed.success && String(parsed.data) === text ? parsed.data : null;
}
