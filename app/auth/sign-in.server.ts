import { z } from "zod";
import { emailSchema } from "#app/auth/email.ts";
import { openSession, type RequestFacts } from "#app/auth/open-session.server.ts";
import { verifyPassword } from "#app/auth/passwords.server.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { db, inTransaction, sayIfAway, select } from "#app/server/database.server.ts";

/**
 * Signs in by username or e-mail address and password. For somebody unknown the same is done as for a wrong
 * password: the same statements, the same hashing, the same answer.
 * @returns the Set-Cookie value of the new session, or null where the two do not fit
 */
export async function signIn(
  { identifier, password }: { identifier: string; password: string },
  facts: RequestFacts,
): Promise<string | null> {
  await spend("sign-in-by-source");
  const key = keyOf(identifier);
  // Counted by what was typed, not by whom it names: the limit would tell whose address it is.
  await spend("sign-in-by-target", key);
  const [account] = await select("sign-in", signInSql, [key], signInRow);
  const { id, userId, hash } = account ?? { id: null, userId: null, hash: null };
  const right = await verifyPassword(hash, password);
  if (!right || userId === null || id === null || hash === null) {
    const event = { kind: "sign-in-failed", userId, ...facts };
    await db.auditEvent.create({ data: event, select: { id: true } }).catch(sayIfAway);
    return null;
  }
  return openIfUnchanged({ id, userId, hash }, facts);
}

/** The password may be changed while it is checked; the person's row, once held, tells. */
async function openIfUnchanged(
  { id, userId, hash }: { id: string; userId: string; hash: string },
  facts: RequestFacts,
): Promise<string | null> {
  return inTransaction(async (tx) => {
    const cookie = await openSession(tx, userId, "password", facts);
    if ((await tx.account.count({ where: { id, password: hash } })) === 0) throw new PasswordChanged();
    return cookie;
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
  select u.id as "userId", a.id, a.password as hash
    from users u left join accounts a on a.user_id = u.id and a.provider_id = 'credential'
   where u.username_key = $1 or u.email = $1`;

const signInRow = z.object({ userId: z.string(), id: z.string().nullable(), hash: z.string().nullable() });
