import type { UserSummary } from "#app/users/user.ts";

/** A post as lists show it. Times are ISO strings in UTC. */
export interface FeedPost {
  id: number;
  title: string;
  excerpt: string;
  url: string | null;
  tags: string[];
  /** what a reader is asked before the text is shown; null for almost all */
  warning: string | null;
  publishedAt: string;
  commentCount: number;
  reactionCount: number;
  /** whether the viewer reacted; false for visitors */
  reacted: boolean;
  /** whether the viewer keeps it for later; false for visitors */
  bookmarked: boolean;
  author: UserSummary;
  /** whether it stands on top of the front page, which alone says so */
  featured?: boolean;
}

/** One page of posts, newest first, and the cursor of the next one. */
export interface FeedPage {
  posts: FeedPost[];
  next: string | null;
}

/** A post as its page shows it. */
export interface ShownPost extends Omit<FeedPost, "publishedAt"> {
  bodyHtml: string;
  status: PostStatus;
  /** null for a draft */
  publishedAt: string | null;
  editedAt: string | null;
  /** whether a moderator took it away: only its author and moderators still see it */
  removed: boolean;
  /** whether the viewer wrote it */
  own: boolean;
  /** whether it stands on top of its author's profile */
  pinned: boolean;
  /** whether nobody comments any more */
  locked: boolean;
  /** whether it stands on top of the front page */
  featured: boolean;
  /** whether it waits for a moderator's look; it is removed for so long */
  held: boolean;
}

/** A draft, or a published post with changes that are not saved, in the list of one's own. */
export interface Draft {
  id: number;
  title: string;
  excerpt: string;
  updatedAt: string;
}

export const postStatuses = ["draft", "published"] as const;
export type PostStatus = (typeof postStatuses)[number];

/** The host that a link goes to, as people say it. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, "") : "";
}

/** Second segments of /p/:postId/… that are pages of their own and so no slugs. */
const reservedSlugs = new Set(
  "edit delete comments reaction bookmark report history ranking draft pin removal restoration approval lock unlock feature unfeature".split(
    " ",
  ),
);

/** The readable end of a post's address: lower-case letters of any script and digits, at most 60 characters. */
export function slugOf(title: string): string {
  const words = title
    .normalize("NFKD")
    // Accents go, what other scripts write above and below their letters stays.
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-");
  const slug = [...words]
    .slice(0, 60)
    .join("")
    .replace(/^-+|-+$/g, "");
  return reservedSlugs.has(slug) ? `${slug}-post` : slug;
}

/** A post's address on this site. Written out like `userPath`, because lists ask for it 50 times a page. */
export function postPath(post: { id: number; title: string }): string {
  const slug = slugOf(post.title);
  return slug ? `/p/${post.id}/${encodeURIComponent(slug)}` : `/p/${post.id}`;
}

/** The address of the posts with a tag. */
export function tagPath(tag: string): string {
  return `/t/${encodeURIComponent(tag)}`;
}

/** The id of a URL, or null: 1 to 2147483647, without leading zeros. */
export function parsePostId(text: string | undefined): number | null {
  const id = /^[1-9]\d{0,9}$/.test(text ?? "") ? Number(text) : 0;
  return id >= 1 && id <= 2_147_483_647 ? id : null;
}
