import { z } from "zod";

export const longestNote = 200;
/** How long an invite may last, in days. */
export const inviteDays = [1, 7, 30, 90] as const;

const wholeNumber = "A whole number, 1 to 100.";

export const inviteForm = z.object({
  note: z
    .string()
    .default("")
    .transform((text) => text.replace(/\s+/g, " ").trim())
    .refine((text) => text.length <= longestNote, `Use at most ${longestNote} characters.`)
    .refine((text) => !/\p{Cc}/u.test(text), "There is a character in it that cannot be kept."),
  uses: z.coerce.number(wholeNumber).int(wholeNumber).min(1, wholeNumber).max(100, wholeNumber),
  days: z.enum(["1", "7", "30", "90"], "Choose how long.").transform(Number),
});
export type NewInvite = z.output<typeof inviteForm>;

/** Why an invite opens nothing. */
export type InviteEnd = "revoked" | "expired" | "used-up";

export const inviteEndWords: Record<InviteEnd, string> = {
  revoked: "taken back",
  expired: "expired",
  "used-up": "used up",
};

export interface Invite {
  id: string;
  note: string;
  usesLeft: number;
  createdAt: string;
  expiresAt: string;
  /** null while it is open */
  end: InviteEnd | null;
  /** usernames of whom it brought, the first ones */
  brought: string[];
}

/** The same for an admin, with whose it is; null where they have left or the site gave it. */
export interface SiteInvite extends Omit<Invite, "note"> {
  inviter: string | null;
}

/** Somebody in the tree of who brought whom. */
export interface Branch {
  id: string;
  username: string;
  name: string;
  /** 1 for whom the person at its root brought */
  depth: number;
  joinedAt: string;
  banned: boolean;
  openInvites: number;
}
