import { z } from "zod";
import { emailSchema } from "#app/auth/email.ts";
import { newPasswordSchema, passwordLength } from "#app/auth/password/password.ts";
import { nameSchema } from "#app/users/name.ts";
import { usernameSchema } from "#app/users/username.ts";

/* The forms of coming in, as browser and server read them. */

export const joinForm = z.object({
  email: emailSchema,
  /** sent by the code's page, for another code */
  again: z.literal("true").optional().catch(undefined),
});

export const codeForm = z.object({
  code: z
    .string("Enter the code from the mail.")
    .transform((typed) => typed.replace(/[\s-]/g, ""))
    .pipe(z.string().regex(/^\d{6}$/, "The code has 6 digits.")),
});

export const profileForm = z.object({ username: usernameSchema, name: nameSchema, password: newPasswordSchema });

/** Of somebody for whom another site vouches: they come in by it. */
export const vouchedProfileForm = z.object({
  username: usernameSchema,
  name: nameSchema,
  takePicture: z.literal("true").optional().catch(undefined),
});
/** The last step of joining with a passkey instead of a password. */
export const passkeyProfileForm = profileForm.omit({ password: true });

export const setupForm = profileForm.extend({ email: emailSchema });

export const signInForm = z.object({
  identifier: z.string("Enter your username or e-mail address.").trim().max(254, "That is too long."),
  password: z.string("Enter your password.").max(passwordLength.max, "That is too long."),
  redirectTo: z.string().optional(),
});
