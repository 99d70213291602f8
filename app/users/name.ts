import { z } from "zod";

export const nameLength = { max: 60 } as const;

/** What a person is called on the page: any script, one line, nothing invisible and nothing that turns the line around. */
export const nameSchema = z
  .string("Enter your name.")
  .max(1000, `Use at most ${nameLength.max} characters.`)
  .transform((typed) => typed.normalize("NFC").replace(/\s+/g, " ").trim())
  .superRefine((name, context) => {
    const message = nameProblem(name);
    if (message) context.addIssue({ code: "custom", message });
  });

function nameProblem(name: string): string | null {
  if (!/[\p{L}\p{N}\p{S}\p{P}]/u.test(name.replace(blanks, ""))) return "Enter your name.";
  if ([...name].length > nameLength.max) return `Use at most ${nameLength.max} characters.`;
  if (/\p{C}/u.test(name.replace(joiners, ""))) return "Leave out the invisible characters.";
  if (/\p{M}{5,}/u.test(name)) return "Use fewer marks on one letter.";
  return null;
}

/** Letters and signs that show nothing: Hangul fillers and the blank Braille cell. */
const blanks = /[\u115f\u1160\u2800\u3164\uffa0]/g;

/** Invisible, but needed between the letters of some scripts and inside emoji. */
const joiners = /\u200c|\u200d/g;
