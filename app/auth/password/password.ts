import { z } from "zod";

export const passwordLength = { min: 8, max: 128 } as const;

/** A new password by its length; `passwordProblem` on the server knows the rest. */
export const newPasswordSchema = z
  .string("Choose a password.")
  .min(passwordLength.min, `Use at least ${passwordLength.min} characters.`)
  .max(passwordLength.max, `Use at most ${passwordLength.max} characters.`);

export const changePasswordForm = z.object({
  currentPassword: z.string().max(passwordLength.max, "That is too long.").optional(),
  password: newPasswordSchema,
});

export const resetPasswordForm = z.object({ password: newPasswordSchema });
