import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { defaultSettings, type NotificationKind, notificationKinds } from "#app/notifications/notification.ts";
import type { TellingSettings } from "#app/notifications/settings-form.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";

/** What the viewer decided, or the default, for each kind. */
export async function findSettings(viewer: Viewer): Promise<TellingSettings> {
  const rows = await db.notificationSetting.findMany({
    where: { userId: viewer.id },
    select: { kind: true, onSite: true, mail: true },
  });
  const decided = Object.fromEntries(rows.map(({ kind, ...setting }) => [kind, setting]));
  return { ...defaultSettings, ...decided };
}

/** Keeps what the viewer decided. What waits to be told by mail waits for the time that they chose now. */
export async function saveSettings(viewer: Viewer, settings: TellingSettings): Promise<void> {
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    await tx.$executeRaw`
      insert into notification_settings (user_id, kind, on_site, mail)
      select ${viewer.id}::uuid, kind::notification_kind, on_site, mail::mail_frequency
        from unnest(${[...notificationKinds]}::text[],
                    ${notificationKinds.map((kind) => settings[kind].onSite)}::boolean[],
                    ${notificationKinds.map((kind) => settings[kind].mail)}::text[]) as s (kind, on_site, mail)
       order by kind
      on conflict (user_id, kind) do update set on_site = excluded.on_site, mail = excluded.mail`;
    await rescheduleMails(tx, viewer.id, [...notificationKinds]);
  });
}

/** Ends mails of some kinds, for whoever holds a link that says so; what is told on the site stays. */
export async function endMails(userId: string, kinds: NotificationKind[]): Promise<void> {
  const onSite = kinds.map((kind) => defaultSettings[kind].onSite);
  await inTransaction(async (tx) => {
    await tx.$executeRaw`
      insert into notification_settings (user_id, kind, on_site, mail)
      select u.id, s.kind::notification_kind, s.on_site, 'off'
        from users u, unnest(${kinds}::text[], ${onSite}::boolean[]) as s (kind, on_site)
       where u.id = ${userId}::uuid
       order by s.kind
      on conflict (user_id, kind) do update set mail = 'off'`;
    await rescheduleMails(tx, userId, kinds);
  });
}

/** Gives what waits for its mail the time of the settings as they are now, or none. */
async function rescheduleMails(tx: Transaction, userId: string, kinds: NotificationKind[]): Promise<void> {
  await tx.$executeRaw`
    update notifications n
       set mail_at = next_mail(s.mail)
      from notification_settings s
     where s.user_id = n.user_id and s.kind = n.kind
       and n.user_id = ${userId}::uuid and n.kind = any (${kinds}::notification_kind[])
       and n.read_at is null and n.mailed_at is null and n.mail_at is not null`;
}
