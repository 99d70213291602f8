import { z } from "zod";

/** The settings of other sites by which people may come in: all of a group, or none. */
export const providerSettings = {
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  GITHUB_URL: z
    .string()
    .refine(isSafeAddress, "must be an https address; http is for this machine only")
    .default("https://github.com"),
  OIDC_ISSUER: z.string().refine(isSafeAddress, "must be an https address; http is for this machine only").optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().trim().max(40, "must have at most 40 characters").optional(),
};

const groups = [
  ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"],
  ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME"],
] as const;

type Given = z.output<z.ZodObject<typeof providerSettings>>;

interface Client {
  clientId: string;
  clientSecret: string;
}

/** Undefined where the site does not offer it. */
export interface ProviderSettings {
  /** `url` is another one than github.com's for GitHub Enterprise */
  github: (Client & { url: string }) | undefined;
  oidc: (Client & { issuer: string; name: string }) | undefined;
}

/** One line for each group of which only a part is given. */
export function findProviderProblems(given: Given): string[] {
  return groups.flatMap((group) => {
    const missing = group.filter((name) => !given[name]);
    if (missing.length === 0 || missing.length === group.length) return [];
    const [verb, them] = missing.length === 1 ? ["is", "it"] : ["are", "them"];
    return [`${missing.join(", ")} ${verb} missing: give ${them} too, or none of ${group.join(", ")}`];
  });
}

export function providersOf(given: Given): ProviderSettings {
  return {
    github:
      given.GITHUB_CLIENT_ID && given.GITHUB_CLIENT_SECRET
        ? {
            clientId: given.GITHUB_CLIENT_ID,
            clientSecret: given.GITHUB_CLIENT_SECRET,
            url: given.GITHUB_URL.replace(/\/$/, ""),
          }
        : undefined,
    oidc:
      given.OIDC_ISSUER && given.OIDC_CLIENT_ID && given.OIDC_CLIENT_SECRET && given.OIDC_NAME
        ? {
            issuer: given.OIDC_ISSUER,
            clientId: given.OIDC_CLIENT_ID,
            clientSecret: given.OIDC_CLIENT_SECRET,
            name: given.OIDC_NAME,
          }
        : undefined,
  };
}

/** What is sent to a provider is secret: it goes encrypted, or does not leave the machine. */
function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

/** @param hostname as a URL has it */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
