import { z } from "zod";
import { legalKinds } from "#app/legal/legal.ts";

export const legalKindSchema = z.enum(legalKinds);

export const longestText = 50_000;

/** A new version of a text. */
export const textForm = z.object({
  body: z
    .string("Write the text.")
    .transform((text) => text.replace(/\r\n?/g, "\n").trim())
    .refine((text) => text.length >= 10, "Write the text.")
    .refine((text) => text.length <= longestText, "That is too long.")
    .refine((text) => /^(?:[\n\t]|\P{Cc})*$/u.test(text), "There is a character in it that cannot be kept."),
  asksAgain: z.literal("true").optional(),
});
