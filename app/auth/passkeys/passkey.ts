import { z } from "zod";

export const mostPasskeys = 20;

/** A word of the person's own, on one line and without invisible characters but those that scripts and emoji need. */
export const passkeyName = z
  .string("Give it a name.")
  .max(1000, "Use at most 60 characters.")
  .transform((typed) =>
    typed
      .normalize("NFC")
      .replace(/[^\P{C}\s\u200c\u200d]/gu, "")
      .replace(/\s+/g, " ")
      .trim(),
  )
  .pipe(z.string().min(1, "Give it a name.").max(60, "Use at most 60 characters."));

export const renamePasskeyForm = z.object({ name: passkeyName });

/** A passkey of one's own, as the settings show it. */
export interface OwnPasskey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
  /** whether a password manager keeps copies of it */
  backedUp: boolean;
}

/** What an answer says where a passkey did not do; it never says why, for whoever asks may be anybody. */
export const passkeyRefused = "That passkey did not open anything here. Try again, or come in another way.";
