/** Why a post or a comment was removed, as its author reads it. */
export interface Removal {
  reason: string;
  /** the rule's title */
  rule: string | null;
}
