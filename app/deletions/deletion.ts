import { z } from "zod";

/** So long whoever has asked to be deleted may change their mind. */
export const graceDays = 14;
/** So long after that nobody else gets their username. */
export const releasedDays = 90;

/** What becomes of posts and comments. */
export const contributions = ["keep", "erase"] as const;

export const deletionForm = z.object({
  contributions: z.enum(contributions, "Choose what becomes of your posts and comments."),
});

export const goneName = "Deleted user";
