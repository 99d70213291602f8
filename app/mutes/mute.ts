import type { UserSummary } from "#app/users/user.ts";

/**
 * mute: one sees nothing of them, and they cannot tell. block: that, and they can neither answer, mention nor follow.
 */
export const muteKinds = ["mute", "block"] as const;
export type MuteKind = (typeof muteKinds)[number];

/** Somebody whom the viewer muted or blocked. */
export interface MutedPerson extends UserSummary {
  kind: MuteKind;
  /** ISO, UTC */
  since: string;
}

/** What undoing it is called. */
export const undoWords: Record<MuteKind, string> = { mute: "Unmute", block: "Unblock" };
