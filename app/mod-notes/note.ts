import { z } from "zod";
import { isVisible, tidyLines } from "#app/markdown/typed-text.ts";

export const longestNote = 2000;

/** What moderators write to each other about a person. */
export const noteForm = z.object({
  note: z
    .string("Write a note.")
    .transform(tidyLines)
    .refine((note) => note !== "" && isVisible(note), { error: "Write a note." })
    .refine((note) => note.length <= longestNote, { error: `Use at most ${longestNote} characters.` }),
});

/** A note as moderators read it. Times are ISO strings in UTC. */
export interface ModNote {
  id: string;
  body: string;
  /** empty where its author has left */
  authorUsername: string;
  createdAt: string;
}
