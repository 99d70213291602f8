import { z } from "zod";
import { aboutForm } from "#app/about/about-form.ts";
import { defaultQuestion, joiningModeNames, questionSchema } from "#app/joining/joining.ts";
import { actKinds } from "#app/moderation/moderation.ts";
import { rulesSchema } from "#app/moderation/rule.ts";
import { gatesSchema } from "#app/trust/gates.ts";

/** What admins may decide about the site while it runs: each a group with a default for every value. */
export const siteSettingSchemas = {
  /** The numbers of the formula behind /hot; see /about/ranking. */
  ranking: z.object({
    reactionWeight: z.number().min(0).max(100).default(1),
    commentWeight: z.number().min(0).max(100).default(0.5),
    /** after so many hours a post needs one point more to stand where it stood */
    hoursPerPoint: z.number().min(1).max(1_000).default(12),
  }),
  /** What is asked of everybody; see /about/rules. */
  rules: rulesSchema,
  /** What the site says of itself; see /about. */
  about: aboutForm.default({ description: "", contact: "" }),
  /** What new accounts may, and everybody; see /about/trust. */
  gates: gatesSchema,
  /** How moderators work. */
  moderation: z.object({
    /** the acts that wait for a second moderator */
    approvals: z.array(z.enum(actKinds)).default([]),
    /** whether the public log names who acts, and not only their role */
    showNames: z.boolean().default(false),
  }),
  /** Who may join; see /admin/settings/joining. */
  joining: z.object({
    mode: z.enum(joiningModeNames).default("open"),
    /** what somebody who asks to join is asked */
    question: questionSchema.default(defaultQuestion),
    /** how many people a member may invite within 30 days */
    invitesPerMember: z.number().int().min(0).max(1_000).default(5),
    /** addresses at mailboxes to throw away; see auth/strangers/disposable-domains.md */
    disposable: z.enum(["allow", "refuse"]).default("allow"),
  }),
  /** What coming in asks of people; see /admin/settings/sign-in. */
  signIn: z.object({
    /** whether who has lost their second factor may take it off after a delay */
    factorRecovery: z.boolean().default(true),
    /** whether moderators and admins need a second factor for their work */
    staffSecondFactor: z.boolean().default(false),
    /** for so many days they may do without one */
    staffGraceDays: z.number().int().min(0).max(90).default(7),
    /** since when it is required; ISO */
    staffSecondFactorSince: z.iso.datetime().nullable().default(null),
  }),
};

export type SiteSettings = { [Name in keyof typeof siteSettingSchemas]: z.infer<(typeof siteSettingSchemas)[Name]> };
