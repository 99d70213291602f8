import type { Browser } from "#app/auth/browser.server.ts";
import { countAttempt, takeCeremony } from "#app/auth/ceremonies.server.ts";
import { type Entry, enter } from "#app/auth/door.server.ts";
import { hashOf, newToken } from "#app/auth/tokens.server.ts";
import { trustCookie, trustDays } from "#app/auth/trust-cookie.server.ts";
import { takeSecondFactor } from "#app/auth/two-factor/second-factor.server.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, sayIfAway, type Transaction } from "#app/server/database.server.ts";

const maxTries = 5;

export type SecondFactorAnswer =
  | { is: "wrong"; triesLeft: number }
  /** tried too often or too late: only a new sign-in helps */
  | { is: "over" }
  | { is: "in"; entry: Entry };

/**
 * The second half of a sign-in.
 * @param token names the ceremony that the first half began
 * @param trust whether this browser is not asked again, for 30 days
 */
export async function trySecondFactor(
  token: string | null,
  { code, trust }: { code: string; trust: boolean },
  browser: Browser,
): Promise<SecondFactorAnswer> {
  const ceremony = token ? await countAttempt("second-factor", token, maxTries) : null;
  if (!token || !ceremony?.userId) return { is: "over" };
  const { userId, attempts } = ceremony;
  await spend("second-factor-by-user", userId);
  const entry = await inTransaction((tx) => complete(tx, { token, userId, code, trust }, browser));
  if (entry) return { is: "in", entry };
  await recordEvent(db, "second-factor-failed", { userId, ...browser.facts }).catch(sayIfAway);
  return attempts < maxTries ? { is: "wrong", triesLeft: maxTries - attempts } : { is: "over" };
}

async function complete(
  tx: Transaction,
  { token, userId, code, trust }: { token: string; userId: string; code: string; trust: boolean },
  browser: Browser,
): Promise<Entry | null> {
  if (!(await takeSecondFactor(tx, userId, code))) return null;
  if (!(await takeCeremony(tx, "second-factor", token))) return null;
  const entry = await enter(tx, userId, "second-factor", browser);
  if (!trust) return entry;
  const device = newToken();
  await tx.trustedDevice.create({
    data: {
      userId,
      tokenHash: hashOf(device),
      ...browser.facts,
      expiresAt: new Date(Date.now() + trustDays * 86_400_000),
    },
    select: { id: true },
  });
  return { ...entry, cookies: [...entry.cookies, ["Set-Cookie", trustCookie(device)]] };
}
