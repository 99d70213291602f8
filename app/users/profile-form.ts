import { z } from "zod";
import { lengthOf, tidyLine, tidyLines } from "#app/markdown/typed-text.ts";
import { nameSchema } from "#app/users/name.ts";

export const profileLimits = { bio: 160, website: 200 } as const;

export const profileForm = z.object({
  name: nameSchema,
  bio: z
    .string("Enter this as text.")
    .optional()
    .transform((typed = "") => tidyLines(typed))
    .refine((bio) => lengthOf(bio) <= profileLimits.bio, { error: `Use at most ${profileLimits.bio} characters.` }),
  website: z
    .string("Enter this as text.")
    .optional()
    .transform((typed = "") => tidyLine(typed))
    .refine((website) => website === "" || isWebsite(website), {
      error: `Enter a web address that starts with https:// or http://, with at most ${profileLimits.website} characters.`,
    }),
  removeAvatar: z.boolean("Tick it or leave it.").optional(),
});

export type ProfileInput = z.infer<typeof profileForm>;

function isWebsite(text: string): boolean {
  if (text.length > profileLimits.website || !URL.canParse(text)) return false;
  const { protocol, username, password, hostname } = new URL(text);
  return /^https?:$/.test(protocol) && hostname !== "" && !username && !password;
}
