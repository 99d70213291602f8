import type { OwnAppeal } from "#app/appeals/appeal.ts";
import type { ModerationAction } from "#app/moderation/moderation.ts";
import type { Rule } from "#app/moderation/rule.ts";

/** A decision of a moderator as whom it concerns sees it: by which role, never by whom. */
export interface Decision extends Omit<ModerationAction, "moderatorUsername" | "rule"> {
  /** "a moderator" */
  by: string;
  rule: Rule | null;
  /** `over`: its time has passed, or a later decision has ended it */
  standing: "stands" | "undone" | "over";
  /** their own text that it is about, as HTML; null where it is about none, or they have deleted it */
  text: { title: string | null; html: string; removed: boolean; url: string } | null;
  appeal: OwnAppeal | null;
  mayAppeal: boolean;
}

/** One line of the list of somebody's decisions. */
export interface DecisionLine
  extends Pick<ModerationAction, "id" | "kind" | "createdAt" | "expiresAt" | "to" | "undone"> {
  /** null: none */
  appeal: "waits" | "granted" | "upheld" | null;
}
