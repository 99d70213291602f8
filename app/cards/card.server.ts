import { createHash } from "node:crypto";
import type { FeedPost } from "#app/posts/post.ts";
import { settings } from "#app/server/env.server.ts";

/** What a post's picture shows. Whatever changes it changes the picture's address. */
export interface CardContent extends Pick<FeedPost, "title" | "author"> {
  id: number;
}

/** Counted up when cards are drawn in another way: then all of them are drawn anew. */
const drawing = 1;

/** Where the picture of a post is: its name says which title and author it shows. */
export function cardPath(post: CardContent): string {
  return `/cards/${cardName(post)}`;
}

export function cardName(post: CardContent): string {
  const { username, name, avatar } = post.author;
  const portrait = avatar.replace(/-\d+\.webp$/, "");
  const shown = JSON.stringify([drawing, settings().siteName, post.title, username, name, portrait]);
  return `${post.id}-${createHash("sha256").update(shown).digest("hex").slice(0, 16)}.png`;
}

/** The post and the mark in the name of a card; null for what is none. */
export function parseCardName(name: string): { postId: number; mark: string } | null {
  const [, id, mark] = /^([1-9]\d{0,9})-([0-9a-f]{16})\.png$/.exec(name) ?? [];
  return id && mark && Number(id) <= 2_147_483_647 ? { postId: Number(id), mark } : null;
}

/** The name of a card's file in the store: the mark first, which spreads the files over folders. */
export function cardKey(name: string): string {
  return name.replace(/^(\d+)-([0-9a-f]{16})\.png$/, "$2-card-$1.png");
}

/** The card whose file has that name in the store; null for files of another kind. */
export function cardNameOfKey(key: string): string | null {
  const [, mark, id] = /^([0-9a-f]{16})-card-(\d+)\.png$/.exec(key) ?? [];
  return mark && id ? `${id}-${mark}.png` : null;
}
