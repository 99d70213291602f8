import { z } from "zod";
import type { Browser } from "#app/auth/browser.server.ts";
import { isKnownDevice } from "#app/auth/device-cookie.server.ts";
import { type Entry, enter } from "#app/auth/door.server.ts";
import { emailSchema } from "#app/auth/email.ts";
import { verifyPassword } from "#app/auth/password/passwords.server.ts";
import { giveBack, type LimitName, slowDown, source, spend } from "#app/middleware/rate-limit.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, sayIfAway, select } from "#app/server/database.server.ts";

/**
 * Signs in by username or e-mail address and password. For somebody unknown the same is done as for a wrong
 * password: the same statements, the same hashing, the same answer.
 * @returns what the door answers, or null where the two do not fit
 */
export async function signIn(
  { identifier, password }: { identifier: string; password: string },
  browser: Browser,
): Promise<Entry | null> {
  const key = keyOf(identifier);
  const [account] = await select("sign-in", signInSql, [key], signInRow);
  const { id, userId, email, hash } = account ?? { id: null, userId: null, email: null, hash: null };
  const spent = await spendOnTry(key, isKnownDevice(browser.device, email) ? email : null);
  const right = await verifyPassword(hash, password);
  if (!right || userId === null || id === null || hash === null) {
    await recordEvent(db, "sign-in-failed", { userId, ...browser.facts }).catch(sayIfAway);
    return null;
  }
  const entry = await enterIfUnchanged({ id, userId, hash }, browser);
  if (entry) for (const [limit, subject] of spent) await giveBack(limit, subject);
  return entry;
}

/**
 * Counts a try. Browsers that have come in with a person's address before have twenty together in a quarter of an
 * hour, which nobody else can use up. For all others one source has ten at one name or address, and thirty in all;
 * and from everywhere together one name or address has 40 an hour at once, and then one every 30 seconds: nobody is
 * shut out by strangers, only slowed. So guessing from however many sources comes to 40 + 5 (while the delay grows)
 * + 119 = 164 tries an hour at what was typed, and 328 at a person, who has a username and an address.
 *
 * Those two are counted apart, and both as typed, whether anybody has them or not: were they counted together, tries
 * at a known username would slow or stop the tries at an address that is the same person's, and so tell whose it is.
 * @returns what a right password gives back: what counts guesses, not what counts sign-ins
 */
async function spendOnTry(key: string, knownEmail: string | null): Promise<[LimitName, string][]> {
  if (knownEmail !== null) {
    await spend("sign-in-by-device", knownEmail);
    return [];
  }
  const pair = `${source()} ${key}`;
  await spend("sign-in-by-source");
  await spend("sign-in-by-pair", pair);
  try {
    await slowDown("sign-in-by-target", key);
  } catch (error) {
    // It was no try: whoever waits as they are told still has theirs.
    await giveBack("sign-in-by-pair", pair);
    throw error;
  }
  return [
    ["sign-in-by-pair", pair],
    ["sign-in-by-target", key],
  ];
}

/** The password may be changed while it is checked; the person's row, once held, tells. */
async function enterIfUnchanged(
  { id, userId, hash }: { id: string; userId: string; hash: string },
  browser: Browser,
): Promise<Entry | null> {
  return inTransaction(async (tx) => {
    const entry = await enter(tx, userId, "password", browser);
    if ((await tx.account.count({ where: { id, password: hash } })) === 0) throw new PasswordChanged();
    return entry;
  }).catch((error: unknown) => {
    if (error instanceof PasswordChanged) return null;
    throw error;
  });
}

class PasswordChanged extends Error {}

/** The one form in which a username or an address is looked up. */
function keyOf(identifier: string): string {
  const typed = identifier.replace(/\p{C}/gu, "").trim().replace(/^@/, "");
  return typed.includes("@") ? (emailSchema.safeParse(typed).data ?? typed) : typed.toLowerCase();
}

/** No username has an "@" in it, and every address has. */
const signInSql = `
  select u.id as "userId", u.email, a.id, a.password as hash
    from users u left join accounts a on a.user_id = u.id and a.provider_id = 'credential'
   where u.id = (select id from users where username_key = $1
                  union all select user_id from email_addresses where email = $1
                  union all select user_id from account_deletions where face ->> 'usernameKey' = $1)`;

const signInRow = z.object({
  userId: z.string(),
  email: z.string(),
  id: z.string().nullable(),
  hash: z.string().nullable(),
});
