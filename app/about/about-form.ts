import { z } from "zod";

const words = "There is a character in it that cannot be kept.";

/** What the people who run a site say of it. */
export const aboutForm = z.object({
  description: z
    .string()
    .default("")
    .transform((text) => text.replace(/\s+/g, " ").trim())
    .refine((text) => text.length <= 300, "Say it in at most 300 characters.")
    .refine((text) => !/\p{Cc}/u.test(text), words),
  contact: z
    .string()
    .default("")
    .transform((text) => text.trim())
    .refine((text) => text === "" || (text.length <= 254 && z.email().safeParse(text).success), {
      message: "Enter an address such as hello@example.org, or leave it empty.",
    }),
});
