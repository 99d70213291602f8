import { z } from "zod";

/** A wish to work on a case, or to leave it to others. */
export const assignmentForm = z.object({
  on: z.enum(["true", "false"]),
  /** who had it on the page that was pressed; empty: nobody */
  from: z
    .string()
    .regex(/^[\w-]{0,40}$/)
    .optional()
    .default(""),
});
