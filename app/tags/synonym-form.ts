import { z } from "zod";
import { parseTags, tagsProblem } from "#app/posts/post-form.ts";

const oneTag = (missing: string) =>
  z
    .string(missing)
    .max(200, "That is too long for a tag.")
    .transform((typed) => parseTags(typed))
    .superRefine((tags, context) => {
      const message = tags.length === 0 ? missing : tags.length > 1 ? "Enter one tag." : tagsProblem(tags);
      if (message) context.addIssue({ code: "custom", message });
    })
    .transform(([tag = ""]) => tag);

/** A word, and the tag that it stands for, in the form that tags are kept in. */
export const synonymForm = z
  .object({ name: oneTag("Enter the word."), tag: oneTag("Enter the tag that it stands for.") })
  .refine(({ name, tag }) => name !== tag, { path: ["tag"], error: "That is the same word." });
