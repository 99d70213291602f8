import { z } from "zod";
import { nameSchema } from "#app/users/name.ts";

/** Who may join. An invite opens every mode but `closed`. */
export const joiningModes = {
  open: { title: "Anyone", meaning: "Whoever proves an address joins at once." },
  invite: { title: "Who has an invite", meaning: "Others are told that they need an invite." },
  approval: {
    title: "Whom you approve",
    meaning:
      "Others prove an address and answer a question. Moderators and admins read the answer under People who ask to join.",
  },
  waitlist: {
    title: "A few at a time, in turn",
    meaning: "Others prove an address and wait in the order in which they came. Admins let the next ones in.",
  },
  closed: { title: "Nobody", meaning: "Invites do not open it either. Members come in as ever." },
} as const;

export type JoiningMode = keyof typeof joiningModes;

export const joiningModeNames = ["open", "invite", "approval", "waitlist", "closed"] as const satisfies JoiningMode[];

export const longestAnswer = 1_000;

/** Words on several lines, without other control characters. */
const words = z
  .string()
  .overwrite((text) => text.replace(/\r\n?/g, "\n").trim())
  .refine((text) => /^(?:[\n\t]|\P{Cc})*$/u.test(text), "There is a character in it that cannot be kept.");

/** What somebody sends who asks to join. */
export const approvalForm = z.object({
  name: nameSchema,
  answer: z
    .string("Answer the question.")
    .pipe(words)
    .refine((text) => text.length >= 3, "Answer the question.")
    .refine((text) => text.length <= longestAnswer, `Say it in at most ${longestAnswer} characters.`),
});

/** What somebody sends who waits for their turn. */
export const waitlistForm = z.object({ name: nameSchema });

export const questionSchema = words
  .refine((text) => text.length >= 3, "Ask something.")
  .refine((text) => text.length <= 300, "Ask it in at most 300 characters.");

export const defaultQuestion = "What brings you here?";

/** How many days somebody whose request was declined cannot ask again; their row is kept as long. */
export const declinedDays = 30;

/** For so long who was let in may join. */
export const admittedDays = 30;

/** A request as staff sees it: nobody sees the address. */
export interface JoinRequest {
  id: number;
  name: string;
  answer: string | null;
  createdAt: string;
}

export interface DecidedRequest extends JoinRequest {
  decidedAt: string;
  decidedBy: string | null;
  approved: boolean;
  reason: string | null;
}
