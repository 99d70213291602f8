import type { Decision } from "#app/reports/queue/decision.ts";
import type { ReportedKind } from "#app/reports/report.ts";

/** So many cases are decided at once at most. */
export const mostCases = 50;

/** What can be decided about several cases at once. */
export const bulkDecisions = ["remove", "warn", "ban", "dismissed", "noted"] as const;
export type BulkDecision = (typeof bulkDecisions)[number];

export const bulkButtons: Record<BulkDecision, string> = {
  remove: "Remove what was reported",
  warn: "Warn the people",
  ban: "Ban the people",
  dismissed: "Dismiss",
  noted: "Nothing to do",
};

/** What that is for one case; null where there is nothing of the kind to be done. */
export function decisionFor(bulk: BulkDecision, kind: ReportedKind): Decision | null {
  if (bulk !== "remove") return bulk;
  if (kind === "person") return null;
  return kind === "post" ? "remove-post" : "remove-comment";
}

/** A decision whose form asks for the same. */
export function sampleDecision(bulk: BulkDecision): Decision {
  return bulk === "remove" ? "remove-post" : bulk;
}

/** What an address or a form asks for; the first `mostCases` cases of it. */
export function parseBulk(decision: unknown, ids: string[]): { decision: BulkDecision; ids: number[] } {
  const numbers = ids.filter((id) => /^[1-9]\d{0,8}$/.test(id)).map(Number);
  return {
    decision: bulkDecisions.find((each) => each === decision) ?? "noted",
    ids: [...new Set(numbers)].slice(0, mostCases),
  };
}

/** A case in the preview. */
export interface BulkCase {
  id: number;
  reportId: string;
  kind: ReportedKind;
  title: string;
  words: string;
  username: string;
}
export interface BulkWill extends BulkCase {
  decision: Decision;
}
export interface BulkLeft extends BulkCase {
  why: string;
}
