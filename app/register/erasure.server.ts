import { db, type Transaction } from "#app/server/database.server.ts";

/** An address and what a browser says of itself stand whole for so long. */
export const wholeDays = 90;

const rowsAtOnce = 2_000;

/**
 * Makes each address of an older audit event its network, and drops what the browser said of itself. A register's
 * chain covers neither. Returns how many events it changed.
 */
export async function shortenOldEvents(now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - wholeDays * 86_400_000);
  let shortened = 0;
  for (;;) {
    const count = await db.$executeRaw`
      update audit_events set ip_address = network_of(ip_address), user_agent = null,
             salts = salts - 'ip_address' - 'user_agent'
                     - case when network_of(ip_address) is null then 'network' else '' end
       where id in (select id from audit_events
                     where created_at < ${before} and salts ?| array['ip_address', 'user_agent']
                     limit ${rowsAtOnce})`;
    shortened += count;
    if (count < rowsAtOnce) return shortened;
  }
}

/**
 * Erases from the registers what names a person; what happened stays, and the chains stay whole. Part of the
 * transaction that deletes them: their row, addresses and former usernames must still be there.
 */
export async function eraseFromRegisters(tx: Transaction, userId: string): Promise<void> {
  await tx.$executeRaw`
    update audit_events
       set ip_address = null, user_agent = null, details = details - 'personal', salts = '{}'
     where (user_id = ${userId}::uuid or actor_id = ${userId}::uuid) and salts <> '{}'`;
  await tx.$executeRaw`
    update moderation_actions set moderator_username = '', salts = salts - 'moderator_username'
     where moderator_id = ${userId}::uuid and salts ? 'moderator_username'`;
  await tx.$executeRaw`
    update moderation_actions
       set subject_username = null, details = details - 'personal', salts = salts - 'subject_username' - 'personal'
     where subject_user_id = ${userId}::uuid and salts ?| array['subject_username', 'personal']`;
  // A reason is a sentence of the moderator's. Where it names the person, it goes as a whole.
  await tx.$executeRaw`
    with names as (
      select lower(name) as name from users where id = ${userId}::uuid and left(username, 1) <> '~'
      union select username_key from users where id = ${userId}::uuid
      union select unnest(array[lower(face ->> 'name'), face ->> 'usernameKey'])
              from account_deletions where user_id = ${userId}::uuid
      union select email from email_addresses where user_id = ${userId}::uuid
      union select username_key from held_usernames where user_id = ${userId}::uuid
    )
    update moderation_actions set reason = '', salts = salts - 'reason'
     where subject_user_id = ${userId}::uuid and salts ? 'reason'
       and exists (select from names where strpos(lower(reason), name) > 0)`;
}
