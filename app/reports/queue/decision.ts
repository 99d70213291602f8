import { z } from "zod";
import { type ActKind, actWords, formOf, longestReason, reasonForm } from "#app/moderation/moderation.ts";
import type { Rule } from "#app/moderation/rule.ts";
import { type ReportedKind, type ResolutionKind, resolutionKinds } from "#app/reports/report.ts";

/** What a case about such a thing can be closed with, besides a word: the acts in the order of their weight. */
export const caseActs = {
  post: ["remove-post", "lock-post", "warn", "silence", "ban"],
  comment: ["remove-comment", "warn", "silence", "ban"],
  person: ["warn", "clear-profile", "clear-avatar", "silence", "ban"],
} as const satisfies Record<ReportedKind, ActKind[]>;
export type CaseAct = (typeof caseActs)[ReportedKind][number];

/** How a case is closed: by an act, or by a word alone. */
export type Decision = CaseAct | ResolutionKind;

/** The decision of an address or a form, or null where a case of that kind knows none of that name. */
export function parseDecision(text: unknown, kind: ReportedKind): Decision | null {
  const acts: readonly CaseAct[] = caseActs[kind];
  return [...acts, ...resolutionKinds].find((each) => each === text) ?? null;
}

export function isCaseAct(decision: Decision): decision is CaseAct {
  return !isWord(decision);
}

function isWord(decision: Decision): decision is ResolutionKind {
  return resolutionKinds.some((kind) => kind === decision);
}

/** Whether it is done to the person, and not to what they wrote. */
export function isOnPerson(decision: Decision): boolean {
  return isCaseAct(decision) && !/-(post|comment)$/.test(decision);
}

/** Whether a rule was broken, which every act says. */
export function resolutionOf(decision: Decision): ResolutionKind {
  return isWord(decision) ? decision : "acted";
}

/** What a button says that makes the decision. */
export function decisionButton(decision: Decision): string {
  return isWord(decision) ? wordButtons[decision] : actWords[decision].button;
}

const wordButtons: Record<ResolutionKind, string> = {
  dismissed: "Dismiss",
  noted: "Nothing to do",
  acted: "Settled already",
};

/** The key that leads to a decision on a case's page. */
export const decisionKeys: Partial<Record<Decision, string>> = {
  "remove-post": "r",
  "remove-comment": "r",
  warn: "w",
  ban: "b",
  dismissed: "d",
};

/** What a form of a decision holds. */
export interface DecisionInput {
  reason: string;
  wordsToReporters: string;
  wordsToSubject: string;
  rule?: string;
  duration?: string;
  content?: string;
}

const words = z
  .string("Enter this as text.")
  .optional()
  .transform((typed = "") => typed.replace(/\r\n?/g, "\n").trim())
  .refine((text) => text.length <= longestReason, { error: `Use at most ${longestReason} characters.` });

/** The form of a decision: why, the words to each side, and what its act asks for. */
export function decisionForm(decision: Decision): z.ZodType<DecisionInput> {
  const own = { ...reasonForm.shape, wordsToReporters: words, wordsToSubject: words };
  const form = z.object(isCaseAct(decision) ? { ...formOf(decision).shape, ...own } : own);
  // The acts' own fields are among the optional ones.
  return form as unknown as z.ZodType<DecisionInput>;
}

/** The fields of a decision's form. */
export function fieldsOf(decision: Decision): string[] {
  return isCaseAct(decision) ? [...Object.keys(formOf(decision).shape), "wordsToSubject"] : ["reason"];
}

/** What the reason begins with, so that a plain case takes no typing. */
export function firstReason(decision: Decision, rule: Rule | undefined): string {
  if (decision === "dismissed") return "No rule was broken.";
  if (decision === "noted") return "Seen, and nothing needs to be done.";
  return rule ? `${rule.title}.` : "";
}
