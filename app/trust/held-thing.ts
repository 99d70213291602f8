import type { UserSummary } from "#app/users/user.ts";

/** A post or a comment that waits for a moderator's look. */
export interface HeldThing {
  /** a post or a comment */
  kind: "p" | "c";
  id: number;
  /** ISO */
  heldAt: string;
  /** of the post that it is, or that it stands under */
  title: string;
  /** the first words of it */
  words: string;
  postId: number;
  author: UserSummary;
}
