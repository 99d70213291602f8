import { moment } from "#app/auth/mails.server.ts";
import { mailOf } from "#app/mails/letter.server.ts";
import type { MailContent } from "#app/mails/letter.ts";

/** To the person as whom an admin sees the site from now on. */
export function impersonationMail({
  name,
  username,
  reason,
  endsAt,
  ...site
}: {
  siteName: string;
  siteUrl: string;
  name: string;
  username: string;
  reason: string;
  endsAt: Date;
}): MailContent {
  return mailOf({
    ...site,
    subject: `An admin sees the site as you do – ${site.siteName}`,
    preview: "For fifteen minutes at most, reading only.",
    blocks: [
      [{ chosen: name }, ` (@${username}),`],
      [
        `an admin of ${site.siteName} sees the site as you see it, until ${moment(endsAt)} at the latest. They only read: nothing can be changed in your name, and your settings, drafts, bookmarks and mutes stay closed to them.`,
      ],
      ["Why: ", { chosen: reason }],
      ["You need to do nothing. When it begins and ends is kept in your log."],
      { act: "Your security page", url: `${site.siteUrl}/settings/security` },
    ],
  });
}
