import type { RequestFacts } from "#app/auth/browser.server.ts";
import { type NoticeKind, noticeMail } from "#app/auth/mails.server.ts";
import type { Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { queueMail } from "#app/server/mail.server.ts";

/**
 * Tells a person by mail what happened to their account, at each address that they have proved: part of the
 * transaction in which it happens.
 * @param facts null for what no request caused
 * @param to other addresses instead, for example the former one
 */
export async function giveNotice(
  tx: Transaction,
  userId: string,
  kind: NoticeKind,
  facts: RequestFacts | null,
  to?: string[],
): Promise<void> {
  const { siteName, siteUrl } = settings();
  const person = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      name: true,
      username: true,
      emailAddresses: { where: { verifiedAt: { not: null } }, select: { email: true }, orderBy: { email: "asc" } },
    },
  });
  const { emailAddresses, ...about } = person;
  for (const email of to ?? emailAddresses.map((each) => each.email)) {
    await queueMail(tx, { to: email, ...noticeMail(kind, { ...about, ...facts, at: new Date(), siteName, siteUrl }) });
  }
}
