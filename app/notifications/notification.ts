import { type ToldOfReport, toldWords } from "#app/reports/report.ts";
import type { Role, UserSummary } from "#app/users/user.ts";

/** What people are told of. `reply` is a comment on one's post or on one's comment. */
export const notificationKinds = ["reply", "mention", "follow", "reaction", "moderation"] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** How often a kind is told by mail. */
export const mailFrequencies = ["off", "at_once", "daily", "weekly"] as const;
export type MailFrequency = (typeof mailFrequencies)[number];

/** How one kind is told. */
export interface TellingSetting {
  onSite: boolean;
  mail: MailFrequency;
}

/**
 * What holds for whoever has decided nothing. Somebody who answers is why people come back, so that a morning's mail
 * says so, and only where it was not read on the site before; applause waits there. What a moderator did is told at once.
 */
export const defaultSettings: Record<NotificationKind, TellingSetting> = {
  reply: { onSite: true, mail: "daily" },
  mention: { onSite: true, mail: "daily" },
  follow: { onSite: true, mail: "off" },
  reaction: { onSite: true, mail: "off" },
  moderation: { onSite: true, mail: "at_once" },
};

/** What a moderator did to the reader, as far as it is told them. */
export interface Outcome {
  /** the decision that its page shows, see appeals/decisions.server.ts */
  decisionId: string;
  kind: string;
  reason: string;
  /** of a new role */
  role: Role | null;
}

/** A line as pages and mails show it. Times are ISO strings in UTC. */
export interface ShownNotification {
  id: string;
  kind: NotificationKind;
  updatedAt: string;
  read: boolean;
  /** who did it, the latest first, at most three; nobody is named for a moderation outcome */
  actors: UserSummary[];
  /** how many more there are, at most `mostOthers` */
  others: number;
  /** the post that it is about or that the comment stands under; null for a follow */
  post: { id: number; title: string } | null;
  commentId: number | null;
  /** whether the comment answers a comment of the reader's, and not their post */
  answersComment: boolean;
  /** how the comment begins */
  excerpt: string | null;
  outcome: Outcome | null;
  /** what came of a report of the reader's, with the words to whoever reported; or that it is open again */
  reported: { kind: ToldOfReport; words: string } | null;
  /** of a proposal of the reader's, whether another moderator approved it; null: of none */
  approved: boolean | null;
}

/** Others are counted this far. */
export const mostOthers = 99;

/** "1 other", "4 others", "more than 99 others". */
export function othersWords(others: number): string {
  if (others > mostOthers) return `more than ${mostOthers} others`;
  return others === 1 ? "1 other" : `${others} others`;
}

/** What they did, up to the title of what it is about. */
export function deedOf(notification: ShownNotification): string {
  const { kind, commentId, answersComment, actors, others } = notification;
  switch (kind) {
    case "reply":
      return answersComment ? "replied to your comment on" : "commented on";
    case "mention":
      return commentId ? "mentioned you in a comment on" : "mentioned you in";
    case "follow":
      return actors.length + others === 1 ? "follows you now" : "follow you now";
    case "reaction":
      return commentId ? "liked your comment on" : "liked";
    case "moderation":
      return decisionWords(notification);
  }
}

function decisionWords({ outcome, reported, post, commentId, approved }: ShownNotification): string {
  if (reported) return toldWords[reported.kind];
  if (approved !== null) return `Another moderator ${approved ? "approved" : "declined"} what you had proposed`;
  switch (outcome?.kind) {
    case "appeal":
      return "Your appeal was answered";
    case "undo":
      return commentId || post
        ? "A moderator took back a decision about"
        : "A moderator took back a decision about you";
    case "warn":
      return "A moderator warned you";
    case "silence":
      return "A moderator silenced you for a while";
    case "unsilence":
      return "You may write again";
    case "rename":
      return "A moderator gave you another username";
    case "role":
      return `Your role here is now ${outcome.role ?? "another one"}`;
    case "unban":
    case "ban-expired":
      return "Your ban is over";
    case "sessions":
      return "A moderator signed you out everywhere";
    case "remove-post":
      return "A moderator removed your post";
    case "restore-post":
      return "A moderator restored your post";
    case "remove-comment":
      return "A moderator removed your comment on";
    case "restore-comment":
      return "A moderator restored your comment on";
    default:
      return commentId
        ? "A moderator decided about your comment on"
        : post
          ? "A moderator decided about your post"
          : "A moderator decided about something of yours";
  }
}
