import { z } from "zod";
import { isVisible, tidyLines } from "#app/markdown/typed-text.ts";
import type { UserSummary } from "#app/users/user.ts";

/** A comment as the page of its post shows it, in the order of the conversation. Times are ISO strings in UTC. */
export interface ShownComment {
  id: number;
  /** how many comments stand above it in what is shown; below 0 for those that lead to the start of a thread's page */
  depth: number;
  createdAt: string;
  editedAt: string | null;
  reactionCount: number;
  /** whether the viewer reacted; false for visitors */
  reacted: boolean;
  /** whether the viewer wrote it */
  own: boolean;
  /** whether the viewer muted its author */
  muted: boolean;
  /** whether it was answered deeper than the page shows */
  continues: boolean;
  /** whom it answers; null at the start of a thread */
  parent: { id: number; name: string } | null;
  /** whether a moderator took it away, or has to look at it first: only its author and moderators still read it */
  removed: boolean;
  /** whether it waits for a moderator's look; it is removed for so long */
  held: boolean;
  /** null where it was deleted or removed, and stays because it was answered */
  content: { html: string; author: UserSummary } | null;
}

/** One page of a conversation, and the cursor of the next one. */
export interface CommentPage {
  comments: ShownComment[];
  next: string | null;
  /** the Markdown of the comment that was asked for, for a quote */
  quoted: string | null;
}

/** A comment in the list of what somebody wrote. */
export interface WrittenComment {
  id: number;
  createdAt: string;
  html: string;
  post: { id: number; title: string };
}

export const commentLimits = {
  body: 10_000,
  /** a conversation holds as many */
  perPost: 10_000,
  /** shown at once */
  perPage: 200,
  /** deeper replies are on the page of their thread */
  depth: 6,
  /** comments above the one that a thread's page begins with */
  ancestors: 8,
};

export const commentBody = z
  .string("Write your comment first.")
  .transform(tidyLines)
  .refine(isVisible, { error: "Write your comment first." })
  .refine((body) => body.length <= commentLimits.body, {
    error: ({ input }) =>
      `This is ${(String(input).length - commentLimits.body).toLocaleString("en")} characters too long: a comment holds 10,000.`,
  });

export const commentForm = z.object({
  body: commentBody,
  parentId: z.number("Choose a comment to reply to.").int().min(1).max(2_147_483_647).optional(),
  submissionKey: z.uuid().optional().catch(undefined),
});

export const commentEditForm = z.object({
  body: commentBody,
  version: z.number().int().min(1).max(2_147_483_647).optional().catch(0),
});

export type CommentInput = z.infer<typeof commentForm>;
export type CommentEditInput = z.infer<typeof commentEditForm>;

/** A comment's own address, whatever becomes of its post's title. Written out, because a page asks for it 200 times. */
export function commentPath(id: number): string {
  return `/comments/${id}`;
}

/** The page of its post on which a comment stands, with what leads to it and what answers it. */
export function threadPath(path: string, id: number): string {
  return `${path}?thread=${id}#comment-${id}`;
}

/** A text as the beginning of a reply to it: the lines of its start, marked as a quotation. */
export function quoteOf(body: string): string {
  const start = body.length <= 500 ? body : `${body.slice(0, 500).replace(/\s+\S*$/, "")} …`;
  return `${start.replace(/^/gm, "> ")}\n\n`;
}
