import { type FeedPost, postPath } from "#app/posts/post.ts";

/** What a reader of feeds gets: the newest posts of the site, of a person or with a tag. */
export interface Feed {
  title: string;
  subtitle: string;
  /** path of the page that lists the same posts */
  path: string;
  /** when the newest change of an entry was made; the epoch where there is none */
  updatedAt: Date;
  entries: FeedEntry[];
}

export interface FeedEntry extends Pick<FeedPost, "id" | "title" | "excerpt" | "url" | "tags" | "warning" | "author"> {
  /** null where the text is behind a warning, or too long for a feed */
  html: string | null;
  publishedAt: Date;
  updatedAt: Date;
}

export const feedTypes = { xml: "application/atom+xml", json: "application/feed+json" } as const;
export type FeedFormat = keyof typeof feedTypes;

/** Where the feed of a page is: `/u/mina` has `/u/mina/feed.xml` and `/u/mina/feed.json`. */
export function feedPath(path: string, format: FeedFormat): string {
  return `${path.replace(/\/$/, "")}/feed.${format}`;
}

/** A post's address that stays when its title changes: what readers of feeds remember it by. */
export function permalinkOf(siteUrl: string, post: { id: number }): string {
  return `${siteUrl}/p/${post.id}`;
}

/** Where an entry leads. */
export function entryAddress(siteUrl: string, entry: FeedEntry): string {
  return siteUrl + postPath(entry);
}

/** What an entry says in words alone: whoever set a warning before a text has it stand before the text everywhere. */
export function summaryOf({ warning, excerpt }: Pick<FeedEntry, "warning" | "excerpt">): string {
  return warning ? `Content warning: ${warning}` : excerpt;
}
