import { admittedDays } from "#app/joining/joining.ts";
import { mailOf } from "#app/mails/letter.server.ts";
import type { MailContent } from "#app/mails/letter.ts";
import { settings } from "#app/server/env.server.ts";

/** To whoever asked or waited, and may join now. */
export function admittedMail({ name, code }: { name: string; code: string }): MailContent {
  const { siteName, siteUrl } = settings();
  return mailOf({
    siteName,
    siteUrl,
    subject: `You can join ${siteName} now`,
    preview: `The link works for ${admittedDays} days, for this address.`,
    blocks: [
      [{ chosen: name }, `, you asked to join ${siteName}, and now you can.`],
      { act: `Join ${siteName}`, url: `${siteUrl}/join?invite=${code}` },
      [`Give the address of this mailbox there. The link works for ${admittedDays} days, for this address only.`],
      ["If you did not ask, or no longer want to, you need to do nothing."],
    ],
  });
}

/** To whoever asked and is not taken: why, in the words of whoever decided. */
export function declinedMail({ name, reason }: { name: string; reason: string }): MailContent {
  const { siteName, siteUrl } = settings();
  return mailOf({
    siteName,
    siteUrl,
    subject: `Your request to join ${siteName}`,
    preview: "It was declined.",
    blocks: [
      [{ chosen: name }, `, you asked to join ${siteName}. The people who run it have declined.`],
      ["They say why:"],
      [{ chosen: reason }],
      ["You may read everything that visitors may read."],
    ],
  });
}
