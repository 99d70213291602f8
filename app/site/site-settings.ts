import { z } from "zod";

/** What admins may decide about the site while it runs: each a group with a default for every value. */
export const siteSettingSchemas = {
  /** The numbers of the formula behind /hot; see /about/ranking. */
  ranking: z.object({
    reactionWeight: z.number().min(0).max(100).default(1),
    commentWeight: z.number().min(0).max(100).default(0.5),
    /** after so many hours a post needs one point more to stand where it stood */
    hoursPerPoint: z.number().min(1).max(1_000).default(12),
  }),
  joining: z.object({
    /** addresses at mailboxes to throw away; see auth/strangers/disposable-domains.md */
    disposable: z.enum(["allow", "refuse"]).default("allow"),
  }),
};

export type SiteSettings = { [Name in keyof typeof siteSettingSchemas]: z.infer<(typeof siteSettingSchemas)[Name]> };
