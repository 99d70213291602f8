import { deviceOf } from "#app/auth/device.ts";
import { networkOf } from "#app/auth/network.server.ts";
import { mailOf } from "#app/mails/letter.server.ts";
import type { MailContent } from "#app/mails/letter.ts";

export interface Site {
  siteName: string;
  siteUrl: string;
}

/** The way to a new password. Only this link works, and it works once. */
export function resetMail({ name, link, minutes, ...site }: Site & { name: string; link: string; minutes: number }) {
  return mailOf({
    ...site,
    subject: `A new password for ${site.siteName}`,
    preview: `The link works for ${minutes} minutes, once.`,
    blocks: [
      [{ chosen: name }, `, somebody asked for a new password for your account on ${site.siteName}.`],
      { act: "Choose a new password", url: link },
      [`The link works for ${minutes} minutes, once. A later one ends it.`],
      ["If you did not ask for it, you need to do nothing: your password stays as it is."],
    ],
  });
}

/** What the former primary address gets: the change, and the way to take it back. It names no other address. */
export function emailChangedMail({ name, link, days, ...site }: Site & { name: string; link: string; days: number }) {
  return mailOf({
    ...site,
    subject: `Your e-mail address was changed – ${site.siteName}`,
    preview: `If that was not you, take it back within ${days} days.`,
    blocks: [
      [{ chosen: name }, `, mails about your account on ${site.siteName} go to another address from now on.`],
      ["If that was you, you need to do nothing."],
      [`If it was not, take it back within ${days} days:`],
      { act: "Take the change back", url: link },
      ["This address is then the account's again, and every device is signed out."],
    ],
  });
}

/** What every address of a person gets when somebody asks to have their second factor taken off. */
export function recoveryBegunMail({
  name,
  username,
  link,
  readyAt,
  ipAddress,
  userAgent,
  ...site
}: Site & {
  name: string;
  username: string;
  link: string;
  readyAt: Date;
  ipAddress: string;
  userAgent: string;
}): MailContent {
  return mailOf({
    ...site,
    subject: `Your second factor is to be taken off – ${site.siteName}`,
    preview: "If that was not you, stop it now.",
    blocks: [
      [{ chosen: name }, ` (@${username}),`],
      [
        `Somebody who could show your first factor says that your authenticator app and your backup codes are lost. From ${moment(readyAt)} on they can come back and take the second factor off your account.`,
      ],
      [`With: ${origin(ipAddress, userAgent)}.`],
      ["If that was not you, stop it now:"],
      { act: "Stop it", url: link },
      [
        "You need not be signed in for that. Then choose a new password. If it was you, you need to do nothing but wait; signing in with your second factor also stops it.",
      ],
    ],
  });
}

/** What an address without an account gets when a new password is asked for: the person knows, and nobody else does. */
export function noAccountMail(site: Site) {
  return mailOf({
    ...site,
    subject: `No account with this address on ${site.siteName}`,
    preview: "If it was not you who asked, you need to do nothing.",
    blocks: [
      [`Somebody asked for a new password for this address on ${site.siteName}, but no account has it.`],
      ["If it was you, you may have joined with another address. Or join with this one:"],
      { act: `Join ${site.siteName}`, url: `${site.siteUrl}/join` },
      ["If it was not you, you need to do nothing."],
    ],
  });
}

export function welcomeMail({ name, username, ...site }: Site & { name: string; username: string }): MailContent {
  const { siteName, siteUrl } = site;
  return mailOf({
    ...site,
    subject: `Welcome to ${siteName}`,
    preview: `You are @${username} on ${siteName}.`,
    blocks: [
      ["Welcome, ", { chosen: name }, "."],
      [`You are @${username} on ${siteName}. Sign in with that name or with this address.`],
      [{ words: "Your page", url: `${siteUrl}/u/${username}` }],
      [{ words: "Add a picture, a few words about you and a link", url: `${siteUrl}/settings/profile` }],
    ],
  });
}

/** To every admin, when a command on the server made somebody one. @param about.promoted their username */
export function promotionMail({
  name,
  username,
  promoted,
  ...site
}: Site & { name: string; username: string; promoted: string }): MailContent {
  return mailOf({
    ...site,
    subject: `@${promoted} was made an admin – ${site.siteName}`,
    preview: "Somebody who can run commands on the server has made them one.",
    blocks: [
      [{ chosen: name }, ` (@${username}),`],
      [
        `@${promoted} is an admin of ${site.siteName} now: somebody who can run commands on the server has made them one.`,
      ],
      ["If you do not know of it, ask whoever runs the server."],
      [{ words: "What was done", url: `${site.siteUrl}/admin/users/${promoted}` }],
    ],
  });
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

export const noticeKinds = Object.keys(notices) as NoticeKind[]; // an object's own keys are its keys

interface NoticeAbout extends Site {
  name: string;
  username: string;
  /** of the request that caused it, where one did */
  ipAddress?: string;
  userAgent?: string;
  at: Date;
}

/** A notice says what, when, from where and with what, and what to do if it was somebody else. */
export function noticeMail(kind: NoticeKind, about: NoticeAbout): MailContent {
  const { subject, lead, ifNotYou } = notices[kind];
  const { name, username, ipAddress, userAgent, at, siteName, siteUrl } = about;
  return mailOf({
    siteName,
    siteUrl,
    subject: `${subject} – ${siteName}`,
    preview: lead,
    blocks: [
      [{ chosen: name }, ` (@${username}),`],
      [lead],
      [`When: ${moment(at)}.${userAgent === undefined ? "" : ` With: ${origin(ipAddress ?? "", userAgent)}.`}`],
      [`If that was you, you need to do nothing. ${ifNotYou}`],
      { act: "Your security page", url: `${siteUrl}/settings/security` },
    ],
  });
}

export function moment(at: Date): string {
  return `${at.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" })} UTC`;
}

/** With what, and from where. */
function origin(ipAddress: string, userAgent: string): string {
  return [deviceOf(userAgent), networkOf(ipAddress)].filter(Boolean).join(", network ");
}
