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

/** The way to a new password. Only this link works, and it works once. */
export function resetMail(about: { name: string; link: string; minutes: number; siteName: string; siteUrl: string }) {
  const { name, link, minutes, siteName, siteUrl } = about;
  return {
    subject: `A new password for ${siteName}`,
    ...bodies(
      [
        `${name}, somebody asked for a new password for your account on ${siteName}.`,
        `Choose it here: ${link}`,
        `The link works for ${minutes} minutes, once. A later one ends it.`,
        `If you did not ask for it, you need to do nothing: your password stays as it is.`,
      ],
      siteName,
      siteUrl,
    ),
  };
}

/** What the former primary address gets: the change, and the way to take it back. It names no other address. */
export function emailChangedMail(about: {
  name: string;
  link: string;
  days: number;
  siteName: string;
  siteUrl: string;
}) {
  const { name, link, days, siteName, siteUrl } = about;
  return {
    subject: `Your e-mail address was changed – ${siteName}`,
    ...bodies(
      [
        `${name}, mails about your account on ${siteName} go to another address from now on.`,
        `If that was you, you need to do nothing.`,
        `If it was not, take it back within ${days} days: ${link}`,
        `This address is then the account's again, and every device is signed out.`,
      ],
      siteName,
      siteUrl,
    ),
  };
}

/** What every address of a person gets when somebody asks to have their second factor taken off. */
export function recoveryBegunMail(about: {
  name: string;
  username: string;
  link: string;
  readyAt: Date;
  ipAddress: string;
  userAgent: string;
  siteName: string;
  siteUrl: string;
}) {
  const { name, username, link, readyAt, ipAddress, userAgent, siteName, siteUrl } = about;
  return {
    subject: `Your second factor is to be taken off – ${siteName}`,
    ...bodies(
      [
        `${name} (@${username}),`,
        `Somebody who could show your first factor says that your authenticator app and your backup codes are lost. From ${moment(readyAt)} on they can come back and take the second factor off your account.`,
        `With: ${origin(ipAddress, userAgent)}.`,
        `If that was not you, stop it now: ${link}`,
        `You need not be signed in for that. Then choose a new password. If it was you, you need to do nothing but wait; signing in with your second factor also stops it.`,
      ],
      siteName,
      siteUrl,
    ),
  };
}

/** What an address without an account gets when a new password is asked for: the person knows, and nobody else does. */
export function noAccountMail(about: { siteName: string; siteUrl: string }) {
  const { siteName, siteUrl } = about;
  return {
    subject: `No account with this address on ${siteName}`,
    ...bodies(
      [
        `Somebody asked for a new password for this address on ${siteName}, but no account has it.`,
        `If it was you, you may have joined with another address. Or join with this one: ${siteUrl}/join`,
        `If it was not you, you need to do nothing.`,
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
  "second-factor-on": {
    subject: "Your second factor is on",
    lead: "Signing in to your account now also asks for a code of your authenticator app.",
    ifNotYou: "If that was not you, choose a new password at once and write to the people who run this site.",
  },
  "second-factor-off": {
    subject: "Your second factor is off",
    lead: "Signing in to your account no longer asks for a second factor.",
    ifNotYou: "If that was not you, choose a new password at once, and turn the second factor on again.",
  },
  "factor-recovery-stopped": {
    subject: "Your second factor stays",
    lead: "Your second factor is not taken off: that was stopped.",
    ifNotYou:
      "Whoever had asked for it knew your password, or reads your mail. If that was not you, choose a new password at once.",
  },
  "second-factor-recovered": {
    subject: "Your second factor was taken off",
    lead: "The time was over, and nobody had stopped it: signing in to your account no longer asks for a second factor. Every other device was signed out.",
    ifNotYou: "If that was not you, choose a new password at once and write to the people who run this site.",
  },
  "backup-codes-renewed": {
    subject: "You have new backup codes",
    lead: "New backup codes were made for your account. The former ones do not work any more.",
    ifNotYou: "If that was not you, choose a new password at once; it ends the session on every other device.",
  },
  "username-changed": {
    subject: "Your username was changed",
    lead: "You have another username. The former one leads to you, and is nobody else's for 90 days.",
    ifNotYou: "If that was not you, choose a new password at once; it ends the session on every other device.",
  },
  "address-added": {
    subject: "An address was added to your account",
    lead: "Your account can now also be reached with another e-mail address.",
    ifNotYou: "If that was not you, take it away on your account page and choose a new password, at once.",
  },
  "address-removed": {
    subject: "An address was taken away from your account",
    lead: "One of the e-mail addresses of your account is no longer one of them.",
    ifNotYou: "If that was not you, choose a new password at once; it ends the session on every other device.",
  },
  "email-changed": {
    subject: "This is your address now",
    lead: "Mails about your account come to this address from now on.",
    ifNotYou: "If that was not you, choose a new password at once; it ends the session on every other device.",
  },
  "email-change-undone": {
    subject: "Your address is as it was",
    lead: "The change of your account's e-mail address was taken back, and every device was signed out.",
    ifNotYou: "Choose a new password now, on the page for a forgotten one.",
  },
  "provider-linked": {
    subject: "Another site was linked to your account",
    lead: "Whoever is signed in there as you can now sign in to your account here.",
    ifNotYou: "If that was not you, unlink it on your security page and choose a new password, at once.",
  },
  "provider-unlinked": {
    subject: "Another site was unlinked from your account",
    lead: "Signing in there does not sign in to your account here any more.",
    ifNotYou: "If that was not you, choose a new password at once; it ends the session on every other device.",
  },
  "passkey-added": {
    subject: "A passkey was added to your account",
    lead: "Your account can now also be opened with a passkey that was just made.",
    ifNotYou: "If that was not you, remove it on your security page and choose a new password, at once.",
  },
  "passkey-removed": {
    subject: "A passkey was removed from your account",
    lead: "One of the passkeys of your account does not open it any more.",
    ifNotYou: "If that was not you, choose a new password at once; it ends the session on every other device.",
  },
  "export-asked": {
    subject: "A copy of your data was asked for",
    lead: "Somebody in your account asked for a file with everything about you. It is being made.",
    ifNotYou: "If that was not you, choose a new password at once; it ends the session on every other device.",
  },
  "export-ready": {
    subject: "The copy of your data is ready",
    lead: "The file with everything about you is made. For 24 hours you can fetch it on the page Your data of your settings; nobody else can.",
    ifNotYou: "If you did not ask for it, choose a new password at once; it ends the session on every other device.",
  },
  "deletion-asked": {
    subject: "Your account is being deleted",
    lead: "Your account was signed out everywhere and is no longer shown. In 14 days it is deleted for good. If you change your mind before then, sign in as ever: the page that opens gives you everything back.",
    ifNotYou: "If that was not you, sign in now, take the account back and choose a new password.",
  },
  "deletion-taken-back": {
    subject: "Your account stays",
    lead: "The deletion of your account was taken back. Everything is as it was.",
    ifNotYou: "If that was not you, choose a new password at once; it ends the session on every other device.",
  },
  "password-changed": {
    subject: "Your password was changed",
    lead: "Your account has a new password. Every other device was signed out.",
    ifNotYou: "If that was not you, ask for a new password with your address on the page for a forgotten one, at once.",
  },
} as const;

export type NoticeKind = keyof typeof notices;

interface NoticeAbout {
  name: string;
  username: string;
  /** of the request that caused it, where one did */
  ipAddress?: string;
  userAgent?: string;
  at: Date;
  siteName: string;
  siteUrl: string;
}

/** A notice says what, when, from where and with what, and what to do if it was somebody else. */
export function noticeMail(kind: NoticeKind, about: NoticeAbout): MailContent {
  const { subject, lead, ifNotYou } = notices[kind];
  const { name, username, ipAddress, userAgent, at, siteName, siteUrl } = about;
  return {
    subject: `${subject} – ${siteName}`,
    ...bodies(
      [
        `${name} (@${username}),`,
        lead,
        `When: ${moment(at)}.${userAgent === undefined ? "" : ` With: ${origin(ipAddress ?? "", userAgent)}.`}`,
        `If that was you, you need to do nothing. ${ifNotYou} Your security page: ${siteUrl}/settings/security`,
      ],
      siteName,
      siteUrl,
    ),
  };
}

function moment(at: Date): string {
  return `${at.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" })} UTC`;
}

/** With what, and from where. */
function origin(ipAddress: string, userAgent: string): string {
  return [deviceOf(userAgent), networkOf(ipAddress)].filter(Boolean).join(", network ");
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
