import { z } from "zod";

/** Other sites by which people may come in, by their word in our addresses. */
export const providerKeys = ["github", "oidc"] as const;
export type ProviderKey = (typeof providerKeys)[number];

/** A provider that this site offers, as pages show it. */
export interface ProviderChoice {
  key: ProviderKey;
  name: string;
}

/** Why somebody was sent to a provider. */
const purposes = ["sign-in", "link", "proof"] as const;
export type Purpose = (typeof purposes)[number];

/** What is remembered of somebody who is at a provider. */
export const departureState = z.object({
  provider: z.enum(providerKeys),
  purpose: z.enum(purposes),
  redirectTo: z.string(),
  /** has to come back */
  state: z.string(),
  /** sealed: the code verifier and the nonce, which only the provider and we may know */
  sealed: z.string(),
});

/** Whom a provider has vouched for. The names are of our own table, and hold which installation it is. */
export const vouchedState = z.object({
  provider: z.enum(providerKeys),
  providerId: z.string(),
  accountId: z.string(),
  /** only where the provider says that it is theirs */
  email: z.string().nullable(),
  name: z.string().nullable(),
  /** where the provider has their picture */
  picture: z.string().nullable(),
});

export type Vouched = z.infer<typeof vouchedState>;

/** Why somebody's way by a provider ended without getting anywhere. */
export type ProviderProblem = "declined" | "away" | "refused" | "lost" | "not-you" | "taken" | "another-linked";
