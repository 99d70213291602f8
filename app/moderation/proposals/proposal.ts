import { z } from "zod";
import { type ActKind, formOf } from "#app/moderation/moderation.ts";

export const decisionForm = z.object({ approved: z.enum(["true", "false"], "Approve it or decline it.") });

/** What is proposed to be done to what. */
const targetSchema = z.union([
  z.object({ username: z.string() }),
  z.object({ postId: z.number() }),
  z.object({ commentId: z.number() }),
]);

/** What a proposal keeps of the form of its act. */
export function parseKept(kind: ActKind, input: unknown) {
  const kept = z.object({ target: targetSchema, caseId: z.number().optional(), form: z.unknown() }).parse(input);
  return { target: kept.target, caseId: kept.caseId, form: formOf(kind).parse(kept.form) };
}

/** A line of the list of proposals. Times are ISO strings in UTC. */
export interface ShownProposal {
  id: string;
  kind: string;
  /** what the form held beside the reason, in words */
  facts: string[];
  reason: string;
  /** the post or comment that it is about */
  thing: { url: string; words: string } | null;
  subject: string;
  proposer: string;
  createdAt: string;
  expiresAt: string;
  state: "waits" | "approved" | "declined" | "expired";
  /** who decided */
  decider: string | null;
  /** why the viewer cannot decide it; null: they can, or nothing is left to decide */
  whyNot: string | null;
}
