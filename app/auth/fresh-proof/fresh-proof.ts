import { z } from "zod";
import { passwordLength } from "#app/auth/password/password.ts";
import type { Viewer } from "#app/auth/viewer.ts";

/** For so long after a proof nothing sensitive asks for another one. */
export const freshMinutes = 10;

export function isFresh({ provedAt }: Pick<Viewer, "provedAt">): boolean {
  return Date.parse(provedAt) > Date.now() - freshMinutes * 60_000;
}

export const passwordProofForm = z.object({
  password: z.string("Enter your password.").max(passwordLength.max, "That is too long."),
});
