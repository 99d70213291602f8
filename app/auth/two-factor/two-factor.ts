import { z } from "zod";

/** A code of an authenticator app, or one of the backup codes. */
export const secondFactorForm = z.object({
  code: z
    .string("Enter a code.")
    .transform((typed) => typed.replace(/[\s-]/g, "").toLowerCase())
    .pipe(z.string().regex(/^(\d{6}|[a-z2-9]{10})$/, "A code has 6 digits; a backup code has 10 letters and digits.")),
  /** not to be asked again in this browser, for 30 days */
  trust: z.literal("true").optional().catch(undefined),
  redirectTo: z.string().optional(),
});

/** The first code of a new app. */
export const appCodeForm = z.object({
  code: z
    .string("Enter the code.")
    .transform((typed) => typed.replace(/[\s-]/g, ""))
    .pipe(z.string().regex(/^\d{6}$/, "The code has 6 digits.")),
});
