import type { Site } from "#app/auth/mails.server.ts";
import { mailOf } from "#app/mails/letter.server.ts";
import type { MailContent } from "#app/mails/letter.ts";

/** The same for everyone who asks, known or not. */
export function codeMail({ code, minutes, ...site }: Site & { code: string; minutes: number }): MailContent {
  return mailOf({
    ...site,
    subject: `${code} is your code for ${site.siteName}`,
    preview: `It works for ${minutes} minutes, once.`,
    blocks: [
      [`Your code for ${site.siteName} is`],
      { code },
      [`Type it into the page that asked for it. It works for ${minutes} minutes, once.`],
      ["Give it to nobody. If you did not ask for it, you need to do nothing: without the code nothing happens."],
    ],
  });
}

/**
 * The last code that strangers get for an address in an hour, the same for everyone too. Whoever has asked for the
 * others, the person who reads this one comes in by it.
 */
export function lastCodeMail({
  code,
  minutes,
  link,
  linkMinutes,
  ...site
}: Site & { code: string; minutes: number; link: string; linkMinutes: number }): MailContent {
  return mailOf({
    ...site,
    subject: `${code} is your code for ${site.siteName}`,
    preview: "It is the last one for now, and comes with a link.",
    blocks: [
      [`Your code for ${site.siteName} is`],
      { code },
      [`Type it into the page that asked for it. It works for ${minutes} minutes, once.`],
      [
        `So many codes were asked for at this address that the next ones have to wait, up to ${linkMinutes} minutes. If you want to come in and the code does not help, use this link instead. It works in any browser, for ${linkMinutes} minutes, once:`,
      ],
      { act: "Come in", url: link },
      [
        "Give neither to anybody. If you did not ask for it, somebody else typed your address; you need to do nothing, and they do not get in.",
      ],
    ],
  });
}
