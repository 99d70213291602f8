/**
 * Every kind of event in the register `audit_events`, with the words in which a person reads it in their own log.
 * What an event says beyond its kind is in its details; what there names a person stands under `personal`, so that it
 * can be erased. Where somebody else acted, the address and the browser are theirs and not for the person's eyes.
 */
export const auditKinds = {
  joined: "You joined",
  "signed-in": "Signed in",
  "signed-out": "Signed out",
  "sign-in-failed": "Somebody tried to sign in with a wrong password",
  "second-factor-failed": "Somebody tried to sign in with a wrong second factor",
  "proved-again": "Confirmed that it was you",
  "role-changed": "Your role was changed",
  "sessions-ended": "Signed out on every device by a moderator",
  "devices-signed-out": "Signed out on other devices",
  "password-changed": "Changed the password",
  "username-changed": "Changed the username",
  "address-added": "Added an e-mail address",
  "address-removed": "Took an e-mail address away",
  "email-changed": "Changed the primary e-mail address",
  "email-change-undone": "The change of the e-mail address was taken back",
  "second-factor-on": "Turned the second factor on",
  "second-factor-off": "Turned the second factor off",
  "factor-recovery-begun": "Asked to have the second factor taken off after a delay",
  "factor-recovery-stopped": "Stopped the second factor from being taken off",
  "second-factor-recovered": "The second factor was taken off after the delay",
  "backup-codes-renewed": "Made new backup codes",
  "provider-linked": "Linked an account at another site",
  "provider-unlinked": "Unlinked an account at another site",
  "passkey-added": "Added a passkey",
  "passkey-failed": "Somebody tried to sign in with a passkey that did not fit",
  "passkey-removed": "Removed a passkey",
  "export-asked": "Asked for a copy of your data",
  "deletion-asked": "Asked to have the account deleted",
  "deletion-taken-back": "Changed your mind: the account stays",
  "impersonation-began": "An admin began to see the site as you see it, reading only",
  "impersonation-ended": "The admin stopped seeing the site as you see it",
  "looked-at-by-admin": "An admin looked at your account: addresses, ways in, devices",
  "looked-at-by-moderator": "A moderator looked at your account: devices",
  "people-listed": "Looked through the list of people and their addresses",
  "people-exported": "Fetched the list of people as a file",
  "account-deleted": "The account was deleted",
  "setting-changed": "Changed a setting of the site",
  "invite-made": "Made an invite",
  "invite-revoked": "An invite was taken back",
  "invites-revoked": "Open invites were taken back, of somebody and of everybody whom they brought in",
  "join-request-approved": "Approved somebody who had asked to join",
  "join-request-declined": "Declined somebody who had asked to join",
  "waitlist-admitted": "Let the next ones in who were waiting",
  "name-reserved": "Reserved a username for the site",
  "name-released": "Released a reserved username",
  "domain-blocked": "Blocked a domain of e-mail addresses",
  "domain-unblocked": "Lifted the block of a domain",
  "network-blocked": "Blocked a network",
  "network-unblocked": "Lifted the block of a network",
  "legal-text-published": "Published a legal text",
  consented: "Agreed to the legal texts",
  "tag-synonym-added": "Added another word for a tag",
  "tag-synonym-removed": "Removed another word for a tag",
} as const satisfies Record<string, string>;

export type AuditKind = keyof typeof auditKinds;

/** An event's words; the register outlives the code, so that what this version does not know is shown by its name. */
export function auditWords(kind: string): string {
  return isAuditKind(kind) ? auditKinds[kind] : kind.replaceAll("-", " ");
}

function isAuditKind(kind: string): kind is AuditKind {
  return Object.hasOwn(auditKinds, kind);
}
