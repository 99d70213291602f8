import { deedOf, type NotificationKind, type ShownNotification, whoOf } from "#app/notifications/notification.ts";
import { mailsOf } from "#app/notifications/settings-form.ts";
import { targetOf } from "#app/notifications/target.ts";

interface MailContent {
  subject: string;
  text: string;
  html: string;
}

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

/** What happened to somebody while they were away; the text says everything that the HTML says. */
export function notificationsMail(told: Told): MailContent {
  const { notifications, more, siteName } = told;
  const [first] = notifications;
  const subject =
    notifications.length + more === 1 && first
      ? sentenceOf(first)
      : `${notifications.length + more} new notifications on ${siteName}`;
  return { subject, text: textOf(told), html: htmlOf(told) };
}

/** "Ada commented on “On benches”". */
function sentenceOf(notification: ShownNotification): string {
  const { kind, post } = notification;
  const deed = kind === "moderation" ? deedOf(notification) : `${whoOf(notification)} ${deedOf(notification)}`;
  return post ? `${deed} “${post.title}”` : deed;
}

/** What was said, or why a moderator did it. */
function quoteOf({ excerpt, outcome }: ShownNotification): string | null {
  return excerpt || outcome?.reason || null;
}

function textOf({ name, username, notifications, more, kinds, siteName, siteUrl, unsubscribeUrl }: Told): string {
  const lines = notifications.map((each) => {
    const quote = quoteOf(each);
    const said = quote ? `\n${quote.replace(/^/gm, "  > ")}` : "";
    return `* ${sentenceOf(each)}${said}\n  ${siteUrl}${targetOf(each, username)}`;
  });
  return [
    `${name}, this is new for you on ${siteName}:`,
    ...lines,
    ...(more > 0 ? [`And ${more} more: ${siteUrl}/notifications`] : []),
    `You get this mail because you are @${username} on ${siteName}. Choose what you are told, and how often: ${siteUrl}/settings/notifications`,
    `No more mails about ${mailsOf(kinds)}: ${unsubscribeUrl}`,
    "",
  ].join("\n\n");
}

function htmlOf({ name, username, notifications, more, kinds, siteName, siteUrl, unsubscribeUrl }: Told): string {
  const link = (url: string, words: string) => `<a href="${escaped(url)}">${escaped(words)}</a>`;
  const lines = notifications.map((each) => {
    const quote = quoteOf(each);
    const said = quote
      ? `<blockquote style="margin:.25em 0 0;padding-left:.75em;border-left:3px solid #ccc;color:#555">${escaped(quote)}</blockquote>`
      : "";
    return `<li style="margin:0 0 1em">${link(`${siteUrl}${targetOf(each, username)}`, sentenceOf(each))}${said}</li>`;
  });
  return [
    `<!DOCTYPE html><html lang="en"><body style="font:16px/1.5 sans-serif;max-width:34em;margin:2em auto;padding:0 1em">`,
    `<p>${escaped(name)}, this is new for you on ${escaped(siteName)}:</p>`,
    `<ul style="padding-left:1.25em">${lines.join("")}</ul>`,
    more > 0 ? `<p>${link(`${siteUrl}/notifications`, `And ${more} more`)}</p>` : "",
    `<p style="color:#666">You get this mail because you are @${escaped(username)} on ${escaped(siteName)}. `,
    `${link(`${siteUrl}/settings/notifications`, "Choose what you are told, and how often")}. `,
    `${link(unsubscribeUrl, `No more mails about ${mailsOf(kinds)}`)}.</p></body></html>`,
  ].join("");
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
