import { z } from "zod";
import { reasonForm } from "#app/moderation/moderation.ts";

/** A domain and those that it belongs to: an address at a.b.example is at b.example and at example too. */
export function domainsOf(email: string): string[] {
  const labels = email.slice(email.lastIndexOf("@") + 1).split(".");
  return labels.map((_, at) => labels.slice(at).join("."));
}

/** What an admin keeps from the site, by the last part of the page's address. */
export const exclusionKinds = {
  names: {
    title: "Reserved names",
    one: "Name",
    hint: "Letters, digits, - and _. What looks the same is reserved with it.",
    button: "Reserve it",
    undo: "Release it",
    effects: [
      "Nobody chooses it as a username, nor one that looks the same. Whoever has it keeps it.",
      "The names of the site's own pages, and its own name, are reserved without you.",
    ],
  },
  domains: {
    title: "Blocked domains",
    one: "Domain",
    hint: "As in example.org. Those below it, as mail.example.org, count too.",
    button: "Block it",
    undo: "Lift the block",
    effects: [
      "Nobody joins with an address there, and nobody adds one: the form says why.",
      "Members who have one keep it. On a new device they sign in by password or passkey, not by a code.",
    ],
  },
  networks: {
    title: "Blocked networks",
    one: "Network",
    hint: "An address, or a network as in 192.0.2.0/24 or 2001:db8::/32.",
    button: "Block it",
    undo: "Lift the block",
    effects: [
      "Nobody joins from there, and no codes are mailed to who asks from there. Everybody there reads.",
      "Members sign in by password, passkey or another site, and by a code on a device that they have used before.",
    ],
  },
} as const;

export type ExclusionKind = keyof typeof exclusionKinds;

/** One line of such a list. */
export interface Exclusion {
  /** in the address of its removal */
  key: string;
  words: string;
  reason: string;
  createdAt: string;
  createdBy: string | null;
  expiresAt: string | null;
}

const domainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const what = {
  names: z
    .string("Enter a name.")
    .trim()
    .regex(/^[A-Za-z0-9_-]{1,20}$/, "Use 1 to 20 of the letters a to z, digits, - and _."),
  domains: z
    .string("Enter a domain.")
    .transform((typed) => asciiDomain(typed.trim().toLowerCase().replace(/^@/, "")))
    .refine((domain) => domain.length <= 253 && domainName.test(domain), "Enter a domain such as example.org."),
  networks: z
    .string("Enter a network.")
    .trim()
    .regex(/^[\da-fA-F:.]{2,45}(\/\d{1,3})?$/, "Enter a network such as 192.0.2.0/24."),
};

/** The domain in DNS's letters; as it was where it is none. */
function asciiDomain(domain: string): string {
  if (/[\s\p{C}/\\?#:%@[\]<>()"',;]/u.test(domain) || !URL.canParse(`http://${domain}`)) return domain;
  return new URL(`http://${domain}`).hostname;
}

/** How long a block of a network lasts, in days; for good where it is empty. */
const days = z
  .enum(["", "1", "7", "30", "365"], "Choose how long.")
  .default("")
  .transform((text) => (text === "" ? null : Number(text)));

export function exclusionForm(kind: ExclusionKind) {
  return z.object({ what: what[kind], days, ...reasonForm.shape });
}
export type ExclusionInput = z.output<ReturnType<typeof exclusionForm>>;
