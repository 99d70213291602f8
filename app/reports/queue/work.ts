import { z } from "zod";
import { isVisible, tidyLines } from "#app/markdown/typed-text.ts";

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

/** A note about a person. */
export const noteForm = z.object({
  note: z
    .string("Write a note.")
    .transform(tidyLines)
    .refine((note) => note !== "" && isVisible(note), { error: "Write a note." })
    .refine((note) => note.length <= 2_000, { error: "Use at most 2000 characters." }),
});
