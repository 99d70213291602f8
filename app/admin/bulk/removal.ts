import { z } from "zod";
import { formOf } from "#app/moderation/moderation.ts";

/** So many posts are removed at once. */
export const mostRemoved = 10_000;

/** Whose posts, or which words are in them; with both, that person's with those words. */
export interface RemovalSearch {
  by: string;
  q: string;
}

export function parseRemovalSearch(params: URLSearchParams): RemovalSearch {
  const text = (name: string, most: number) =>
    (params.get(name) ?? "")
      .toWellFormed()
      .replace(/\p{Cc}+/gu, " ")
      .trim()
      .slice(0, most);
  return { by: text("by", 41).replace(/^@/, ""), q: text("q", 200) };
}

/** Exactly what a removal would take away. */
export interface RemovalPreview {
  count: number;
  /** more fit than may be removed at once */
  tooMany: boolean;
  /** how many people wrote them */
  people: number;
  /** those with the most of them */
  authors: { username: string; count: number }[];
  /** the newest of them */
  newest: { id: number; title: string; username: string }[];
  /** stands for the very set of posts */
  seen: string;
}

/** What the form of a removal asks for, with the set of posts that was shown. */
export const removalForm = formOf("remove-post").extend({ seen: z.string().regex(/^[0-9a-f]{32}$/) });

/** A removal on its way. Times are ISO strings in UTC. */
export interface BulkLine {
  id: string;
  actionId: string;
  direction: "do" | "undo" | "redo";
  total: number;
  done: number;
  startedAt: string;
  stopped: boolean;
  ended: boolean;
}
