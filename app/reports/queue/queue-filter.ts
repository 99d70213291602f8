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

/** The queue's address with a filter, and a cursor. */
export function queuePath({ rule, kind, who, about }: QueueFilter, after?: string): string {
  const params = new URLSearchParams(
    Object.entries({ rule, kind, who, about, after }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return params.size > 0 ? `${href("/moderation")}?${params}` : href("/moderation");
}
