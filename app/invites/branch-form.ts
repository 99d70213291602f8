import { z } from "zod";
import { reasonForm } from "#app/moderation/moderation.ts";

/** So many people of a branch are shown, and concerned by what is done to it. */
export const largestBranch = 500;
/** To more people nothing is done at once. */
export const mostConcerned = 100;

/** What may be done to everybody in a branch. */
export const branchActs = {
  nothing: { words: "Nothing is done to them", act: null },
  "silence-7d": { words: "Silence them for 7 days", act: { kind: "silence", duration: "7d" } },
  "silence-30d": { words: "Silence them for 30 days", act: { kind: "silence", duration: "30d" } },
  "ban-30d": { words: "Ban them for 30 days", act: { kind: "ban", duration: "30d" } },
  "ban-forever": { words: "Ban them for good", act: { kind: "ban", duration: "forever" } },
} as const;

export const branchForm = z.object({
  act: z.enum(["nothing", "silence-7d", "silence-30d", "ban-30d", "ban-forever"], "Choose one.").default("nothing"),
  /** the ids of exactly those who were shown */
  people: z
    .string()
    .default("")
    .transform((text) => text.split(" ").filter(Boolean))
    .pipe(z.array(z.uuid()).max(500)),
  ...reasonForm.shape,
});
export type BranchInput = z.output<typeof branchForm>;
