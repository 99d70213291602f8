import { z } from "zod";
import type { Work } from "#app/auth/strangers/work.ts";
import { reasonForm } from "#app/moderation/moderation.ts";

/** What admins decide about joining, and why. */
export const joiningForm = z.object({
  disposable: z.enum(["allow", "refuse"], "Choose one of the two."),
  ...reasonForm.shape,
});

/** The field that only machines fill in. */
export const trapName = "website";

/** What a stranger is asked for while too many of them come, one or the other. */
export interface AskedOf {
  email: string;
  /** for a browser with scripts */
  work: Work;
  /** for one without: a place in the order of those who wait */
  place: string;
  turn: "no place" | "too early" | "others first";
}
