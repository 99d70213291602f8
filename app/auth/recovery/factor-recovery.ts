import { z } from "zod";

/** For so long everybody who reads an address of the person, or a device of theirs, can stop a recovery. */
export const recoveryHours = 72;

/** Afterwards the person has this long to come back. */
export const recoveryOpenDays = 14;

export const recoveryForm = z.object({ act: z.enum(["begin", "finish"]) });

/** How things stand for whoever has shown a first factor and lost the second. */
export type RecoveryState =
  | { is: "none" }
  | { is: "waiting"; readyAt: string }
  | { is: "ready" }
  /** the site does not offer it, or not to its moderators and admins */
  | { is: "not-offered" | "staff" }
  /** the sign-in is over */
  | { is: "over" };
