import { z } from "zod";
import { isVisible, tidyLines } from "#app/markdown/typed-text.ts";
import type { UserSummary } from "#app/users/user.ts";

/** A comment as the page of its post shows it, in the order of the conversation. Times are ISO strings in UTC. */
export interface ShownComment {
  id: number;
  /** how many comments stand above it in its thread */
  depth: number;
  createdAt: string;
  edited: boolean;
  /** whether the viewer muted its author */
  muted: boolean;
  /** whom it answers; null at the start of a thread */
  parent: { id: number; name: string } | null;
  /** null where it was deleted or removed, and stays because it was answered */
  content: { html: string; author: UserSummary } | null;
}

export const commentLimits = {
  body: 10_000,
  /** a conversation holds as many */
  perPost: 1_000,
  /** deeper replies are drawn no further in */
  depth: 6,
};

export const commentForm = z.object({
  body: z
    .string("Write your comment first.")
    .transform(tidyLines)
    .refine(isVisible, { error: "Write your comment first." })
    .refine((body) => body.length <= commentLimits.body, {
      error: ({ input }) =>
        `This is ${(String(input).length - commentLimits.body).toLocaleString("en")} characters too long: a comment holds 10,000.`,
    }),
  parentId: z.number("Choose a comment to reply to.").int().min(1).max(2_147_483_647).optional(),
});

export type CommentInput = z.infer<typeof commentForm>;
