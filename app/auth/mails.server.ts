import { deviceOf } from "#app/auth/device.ts";
import { networkOf } from "#app/auth/network.server.ts";

interface MailContent {
  subject: string;
  text: string;
  html: string;
}

/** The same for everyone who asks, known or not. */
export function codeMail(about: { code: string; minutes: number; siteName: string; siteUrl: string }): MailContent {
  const { code, minutes, siteName, siteUrl } = about;
  return {
    subject: `${code} is your code for ${siteName}`,
    ...bodies(
      [
        `Your code for ${siteName} is`,
        { code },
        `Type it into the page that asked for it. It works for ${minutes} minutes, once.`,
        `Give it to nobody. If you did not ask for it, you need to do nothing: without the code nothing happens.`,
      ],
      siteName,
      siteUrl,
    ),
  };
}

export function welcomeMail(about: { name: string; username: string; siteName: string; siteUrl: string }): MailContent {
  const { name, username, siteName, siteUrl } = about;
  return {
    subject: `Welcome to ${siteName}`,
    ...bodies(
      [
        `Welcome, ${name}.`,
        `You are @${username} on ${siteName}. Sign in with that name or with this address.`,
        `Your page is ${siteUrl}/u/${username}. A picture, a few words about you and a link can be added at ${siteUrl}/settings/profile.`,
      ],
      siteName,
      siteUrl,
    ),
  };
}

/** To every admin, when a command on the server made somebody one. @param about.promoted their username */
export function promotionMail(about: {
  name: string;
  username: string;
  promoted: string;
  siteName: string;
  siteUrl: string;
}): MailContent {
  const { name, username, promoted, siteName, siteUrl } = about;
  return {
    subject: `@${promoted} was made an admin – ${siteName}`,
    ...bodies(
      [
        `${name} (@${username}),`,
        `@${promoted} is an admin of ${siteName} now: somebody who can run commands on the server has made them one.`,
        `If you do not know of it, ask whoever runs the server. What was done is at ${siteUrl}/admin/users/${promoted}.`,
      ],
      siteName,
      siteUrl,
    ),
  };
}

/** What a person is told of their account. */
const notices = {
  "new-device": {
    subject: "A new device signed in",
    lead: "Somebody signed in to your account in a browser that we had not seen with it before.",
    ifNotYou: "If that was not you, choose a new password at once; it ends the session on every other device.",
  },
} as const;

export type NoticeKind = keyof typeof notices;

interface NoticeAbout {
  name: string;
  username: string;
  ipAddress: string;
  userAgent: string;
  at: Date;
  siteName: string;
  siteUrl: string;
}

/** A notice says what, when, from where and with what, and what to do if it was somebody else. */
export function noticeMail(kind: NoticeKind, about: NoticeAbout): MailContent {
  const { subject, lead, ifNotYou } = notices[kind];
  const { name, username, ipAddress, userAgent, at, siteName, siteUrl } = about;
  const when = at.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  const where = [deviceOf(userAgent), networkOf(ipAddress)].filter(Boolean).join(", network ");
  return {
    subject: `${subject} – ${siteName}`,
    ...bodies(
      [
        `${name} (@${username}),`,
        lead,
        `When: ${when} UTC. With: ${where}.`,
        `If that was you, you need to do nothing. ${ifNotYou} Your security page: ${siteUrl}/settings/security`,
      ],
      siteName,
      siteUrl,
    ),
  };
}

/** The same words as plain text and as HTML; nothing in them is loaded from anywhere. */
function bodies(paragraphs: (string | { code: string })[], siteName: string, siteUrl: string) {
  const text = paragraphs.map((each) => (typeof each === "string" ? each : `    ${each.code}`));
  const html = paragraphs.map((each) =>
    typeof each === "string"
      ? `<p>${escaped(each)}</p>`
      : `<p style="font-size:28px;letter-spacing:4px;font-family:monospace"><strong>${escaped(each.code)}</strong></p>`,
  );
  const signature = `${siteName}, ${siteUrl}`;
  return {
    text: [...text, `-- \n${signature}`, ""].join("\n\n"),
    html: `<!DOCTYPE html><html lang="en"><body style="font:16px/1.5 sans-serif;max-width:34em;margin:2em auto;padding:0 1em">${html.join("")}<p style="color:#666">${escaped(signature)}</p></body></html>`,
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
