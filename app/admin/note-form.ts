import { z } from "zod";

export const longestNote = 2000;

export const noteForm = z.object({
  body: z
    .string("Write something.")
    .overwrite((text) => text.replace(/\r\n?/g, "\n").trim())
    .max(longestNote, `Say it in at most ${longestNote.toLocaleString("en-GB")} characters.`)
    .refine((text) => /^(?:[\n\t]|\P{Cc})*$/u.test(text), "There is a character in it that cannot be kept.")
    .refine((text) => /[^\p{C}\p{Z}]/u.test(text), "Write something."),
});
