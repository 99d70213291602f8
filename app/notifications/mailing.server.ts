import { z } from "zod";
import { notificationsMail } from "#app/notifications/mails.server.ts";
import { type NotificationKind, notificationKinds } from "#app/notifications/notification.ts";
import { listMailed } from "#app/notifications/notifications.server.ts";
import { unsubscribeUrl } from "#app/notifications/unsubscribe-token.server.ts";
import { inTransaction, select, type Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { log } from "#app/server/log.server.ts";
import { queueMail } from "#app/server/mail.server.ts";

/** Lines that one mail spells out. */
const linesPerMail = 20;
/** People whom one statement finds. */
const batchSize = 200;
/** What could not be mailed for this long is no news any more: the site was down, or its reader banned. */
const staleDays = 3;

/**
 * Mails what is due and still unread, one mail a person; safe to run twice and in several processes at once, because
 * a line is claimed in the transaction that queues its mail.
 * @returns how many mails were queued
 */
export async function mailDueNotifications(now = new Date()): Promise<number> {
  let mailed = 0;
  let failure: unknown;
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const due = await select("due-mails", dueSql, [now, after, batchSize], z.object({ userId: z.string() }));
    for (const { userId } of due) {
      try {
        if (await inTransaction((tx) => mailTo(tx, userId, now))) mailed += 1;
      } catch (error) {
        // The others still get theirs; this one is tried again in a minute.
        log.error({ err: error }, "somebody could not be told by mail");
        failure = error;
      }
      after = userId;
    }
    if (due.length < batchSize) break;
  }
  if (failure) throw failure;
  return mailed;
}

const isDue = `
  n.mail_at <= $1::timestamptz and n.mail_at > $1::timestamptz - interval '${staleDays} days'
  and n.read_at is null and n.mailed_at is null`;

/** In the order of their ids, so that whoever fails does not come up again and again in one run. */
const dueSql = `
  select distinct n.user_id as "userId" from notifications n
   where ${isDue} and n.user_id > $2::uuid order by n.user_id limit $3`;

/** Claims what is due to one person, and queues the mail that tells it. Whether there was anything to tell. */
async function mailTo(tx: Transaction, userId: string, now: Date): Promise<boolean> {
  const reader = await tx.user.findUnique({
    where: { id: userId, emailVerified: true, deletion: null },
    select: { name: true, username: true, email: true, banned: true },
  });
  if (!reader || reader.banned) return false;
  const claimed = claimedRow.parse(await tx.$queryRawUnsafe(claimSql, now, userId));
  const ids = claimed.map(({ id }) => id);
  const all = await listMailed(tx, ids, claimed.length);
  if (all.length === 0) return false;
  const kinds: NotificationKind[] = notificationKinds.filter((kind) => all.some((each) => each.kind === kind));
  const { siteName, siteUrl } = settings();
  const url = unsubscribeUrl({ userId, kinds });
  const notifications = all.slice(0, linesPerMail);
  const more = all.length - notifications.length;
  const { name, username, email } = reader;
  const mail = notificationsMail({
    name,
    username,
    notifications,
    more,
    kinds,
    siteName,
    siteUrl,
    unsubscribeUrl: url,
  });
  const goodUntil = new Date(now.getTime() + 86_400_000).toISOString();
  await queueMail(tx, { to: email, ...mail, goodUntil, unsubscribeUrl: url });
  return true;
}

/** What is told by mail only has been told with this. */
const claimSql = `
  update notifications n set mailed_at = now(), read_at = case when n.on_site then null else now() end
   where n.user_id = $2::uuid and ${isDue}
  returning n.id`;

const claimedRow = z.array(z.object({ id: z.string() }));
