import { mailOf } from "#app/mails/letter.server.ts";
import type { MailContent, Part } from "#app/mails/letter.ts";
import { deedOf, type NotificationKind, othersWords, type ShownNotification } from "#app/notifications/notification.ts";
import { mailsOf } from "#app/notifications/settings-form.ts";
import { targetOf } from "#app/notifications/target.ts";

interface Told {
  name: string;
  username: string;
  /** the latest first */
  notifications: ShownNotification[];
  /** how many more there are than are listed */
  more: number;
  kinds: NotificationKind[];
  siteName: string;
  siteUrl: string;
  unsubscribeUrl: string;
}

/** What happened to somebody while they were away. */
export function notificationsMail(told: Told): MailContent {
  const { name, username, notifications, more, kinds, siteName, siteUrl, unsubscribeUrl } = told;
  const count = notifications.length + more;
  const [first] = notifications;
  const firstWords = first ? plain(sentenceOf(first)) : "";
  return mailOf({
    siteName,
    siteUrl,
    subject: count === 1 ? firstWords : `${count} new notifications on ${siteName}`,
    preview: count === 1 ? ((first && quoteOf(first)) ?? siteName) : firstWords,
    blocks: [
      [{ chosen: name }, `, this is new for you on ${siteName}:`],
      {
        items: notifications.map((each) => ({
          words: sentenceOf(each),
          url: `${siteUrl}${targetOf(each, username)}`,
          quote: quoteOf(each),
        })),
      },
      ...(more > 0 ? [[{ words: `And ${more} more`, url: `${siteUrl}/notifications` }]] : []),
    ],
    why: [
      [`You get this mail because you are @${username} on ${siteName}.`],
      [{ words: "Choose what you are told, and how often", url: `${siteUrl}/settings/notifications` }],
      [{ words: `No more mails about ${mailsOf(kinds)}`, url: unsubscribeUrl }],
    ],
  });
}

/** "Ada commented on “On benches”". */
function sentenceOf(notification: ShownNotification): Part[] {
  const { kind, post } = notification;
  const deed = deedOf(notification);
  const parts: Part[] = kind === "moderation" ? [deed] : [...whoOf(notification), ` ${deed}`];
  return post ? [...parts, " “", { chosen: post.title }, "”"] : parts;
}

/** "Ada", "Ada and Bela", "Ada, Bela and 4 others". */
function whoOf({ actors, others }: ShownNotification): Part[] {
  const names = actors.map(({ name }): Part => ({ chosen: name }));
  const all = others > 0 ? [...names, othersWords(others)] : names;
  if (all.length === 0) return ["Somebody"];
  return all.flatMap((each, index) => [index === 0 ? "" : index === all.length - 1 ? " and " : ", ", each]);
}

/** What was said, or why a moderator did it. */
function quoteOf({ excerpt, outcome, reported }: ShownNotification): string | null {
  return excerpt || outcome?.reason || reported?.words || null;
}

function plain(parts: Part[]): string {
  return parts.map((part) => (typeof part === "string" ? part : "chosen" in part ? part.chosen : part.words)).join("");
}
