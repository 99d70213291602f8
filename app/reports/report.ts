import { z } from "zod";
import { isVisible, tidyLines } from "#app/markdown/typed-text.ts";
import type { Rule } from "#app/moderation/rule.ts";

/** What can be reported. */
export const reportedKinds = ["post", "comment", "person"] as const;
export type ReportedKind = (typeof reportedKinds)[number];

/** "a post", "a comment", "a person". */
export function aReported(kind: ReportedKind): string {
  return `a ${kind}`;
}

export const longestNote = 1_000;

/** The form of a report. @param rules those of the site, of which one is the reason */
export function reportForm(rules: Rule[]) {
  return z.object({
    reason: z
      .string("Choose what is wrong.")
      .refine((key) => rules.some((rule) => rule.key === key), { error: "Choose what is wrong." }),
    note: z
      .string("Enter this as text.")
      .optional()
      .transform((typed = "") => tidyLines(typed))
      .refine((note) => note.length <= longestNote, { error: `Use at most ${longestNote} characters.` })
      .refine((note) => note === "" || isVisible(note), { error: "Write something that can be read, or nothing." }),
  });
}

/** A thing as it was when it was reported. What a kind of thing does not have is empty; nothing is left where it was erased. */
export const snapshotSchema = z.object({
  username: z.string().default(""),
  /** of its author, or of the person */
  name: z.string().default(""),
  /** of a post, or of the post that a comment stands under */
  title: z.string().default(""),
  body: z.string().default(""),
  url: z.string().default(""),
  tags: z.string().default(""),
  warning: z.string().default(""),
  /** null of a person */
  version: z.number().nullable().default(null),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** How a case was closed. */
export const resolutionKinds = ["acted", "dismissed", "noted"] as const;
export type ResolutionKind = (typeof resolutionKinds)[number];

/** What whoever reported reads about it. */
export const outcomeWords: Record<ResolutionKind, string> = {
  acted: "A moderator acted on your report",
  dismissed: "A moderator found no rule broken in what you reported",
  noted: "A moderator has seen what you reported",
};

/** What whoever reported is told: how it was closed, or that this was taken back. */
export const toldOfReports = [...resolutionKinds, "reopened"] as const;
export type ToldOfReport = (typeof toldOfReports)[number];

export const toldWords: Record<ToldOfReport, string> = {
  ...outcomeWords,
  reopened: "What you reported is open again, and a moderator will decide anew",
};

/** One's own report in the list of them. Times are ISO strings in UTC. */
export interface OwnReport {
  id: string;
  kind: ReportedKind;
  /** of whom it was; empty where they have left */
  username: string;
  title: string;
  /** key of the rule */
  rule: string;
  note: string;
  createdAt: string;
  /** whether a decision about it was taken back since it was made */
  reopened: boolean;
  /** null: still open */
  outcome: { kind: ResolutionKind; words: string; at: string } | null;
}
