import { z } from "zod";
import {
  mailFrequencies,
  type NotificationKind,
  notificationKinds,
  type TellingSetting,
} from "#app/notifications/notification.ts";

/** What somebody decided about each kind. */
export type TellingSettings = Record<NotificationKind, TellingSetting>;

const mail = z.enum(mailFrequencies, "Choose how often.");
const onSite = z.literal("on").optional();

/** The form of /settings/notifications: a box and a choice for each kind, and no box for moderation. */
export const settingsForm = z
  .object({
    "site-reply": onSite,
    "mail-reply": mail,
    "site-mention": onSite,
    "mail-mention": mail,
    "site-follow": onSite,
    "mail-follow": mail,
    "site-reaction": onSite,
    "mail-reaction": mail,
    "mail-moderation": mail,
  })
  .transform(
    (form): TellingSettings => ({
      reply: { onSite: form["site-reply"] === "on", mail: form["mail-reply"] },
      mention: { onSite: form["site-mention"] === "on", mail: form["mail-mention"] },
      follow: { onSite: form["site-follow"] === "on", mail: form["mail-follow"] },
      reaction: { onSite: form["site-reaction"] === "on", mail: form["mail-reaction"] },
      moderation: { onSite: true, mail: form["mail-moderation"] },
    }),
  );

/** The form as it is filled with these settings. */
export function valuesOf(settings: TellingSettings) {
  const box = (kind: NotificationKind) => (settings[kind].onSite ? "on" : undefined);
  return {
    "site-reply": box("reply"),
    "mail-reply": settings.reply.mail,
    "site-mention": box("mention"),
    "mail-mention": settings.mention.mail,
    "site-follow": box("follow"),
    "mail-follow": settings.follow.mail,
    "site-reaction": box("reaction"),
    "mail-reaction": settings.reaction.mail,
    "mail-moderation": settings.moderation.mail,
  };
}

/** What each kind is called where one decides about it. */
export const kindWords: Record<NotificationKind, { title: string; hint: string; mails: string }> = {
  reply: { title: "Replies", hint: "Comments on your posts and on your comments.", mails: "replies" },
  mention: { title: "Mentions", hint: "Somebody names you with @ in a post or a comment.", mails: "mentions" },
  follow: { title: "Followers", hint: "Somebody begins to follow you.", mails: "followers" },
  reaction: { title: "Likes", hint: "Somebody likes what you wrote.", mails: "likes" },
  moderation: {
    title: "Moderation",
    hint: "What a moderator decides about you or what you wrote. Always shown on the site.",
    mails: "moderators’ decisions",
  },
};

/** "replies", "replies and mentions". */
export function mailsOf(kinds: NotificationKind[]): string {
  const words = notificationKinds.filter((kind) => kinds.includes(kind)).map((kind) => kindWords[kind].mails);
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
