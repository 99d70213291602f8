import { href } from "react-router";
import { type ReportedKind, reportedKinds } from "#app/reports/report.ts";

/** Which of the open cases are shown. */
export interface QueueFilter {
  /** key of a rule that it was reported for */
  rule: string | null;
  kind: ReportedKind | null;
  who: "mine" | "unassigned" | null;
  /** username of whom they are about */
  about: string;
}

/** The filter of an address; what is none of ours counts as not chosen. */
export function parseQueueFilter(params: URLSearchParams): QueueFilter {
  const rule = params.get("rule") ?? "";
  const who = params.get("who");
  const about = (params.get("about") ?? "").trim().replace(/^@/, "");
  return {
    rule: /^[a-z][a-z-]{0,39}$/.test(rule) ? rule : null,
    kind: reportedKinds.find((kind) => kind === params.get("kind")) ?? null,
    who: who === "mine" || who === "unassigned" ? who : null,
    about: /^[\w-]{1,40}$/.test(about) ? about : "",
  };
}

/** The filter as an address or a form carries it: what is chosen. */
export function filterFields({ rule, kind, who, about }: QueueFilter): [string, string][] {
  return Object.entries({ rule, kind, who, about }).flatMap(([name, value]) => (value ? [[name, value]] : []));
}

/**
 * An address of the work on the queue, with the filter that it was begun with: whoever goes through the cases of one
 * kind stays with them, from case to case and back to the list.
 * @param more what else the address says
 */
export function withFilter(path: string, filter: QueueFilter, more: Record<string, string> = {}): string {
  const params = new URLSearchParams([...Object.entries(more), ...filterFields(filter)]);
  return params.size > 0 ? `${path}?${params}` : path;
}

/** The queue's address with a filter, and a cursor. */
export function queuePath(filter: QueueFilter, after?: string): string {
  return withFilter(href("/moderation"), filter, after ? { after } : {});
}

/** A case's address, by one of its reports, on the way through the cases of a filter. */
export function casePath(reportId: string, filter: QueueFilter, more?: Record<string, string>): string {
  return withFilter(href("/moderation/reports/:reportId", { reportId }), filter, more);
}
