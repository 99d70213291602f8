import { z } from "zod";
import { roles } from "#app/users/user.ts";

/** What is taken off a person's row when they leave, and put back where they change their mind. */
export const faceSchema = z.object({
  username: z.string(),
  usernameKey: z.string(),
  usernameSkeleton: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  bio: z.string(),
  website: z.string().nullable(),
  role: z.enum(roles),
});
