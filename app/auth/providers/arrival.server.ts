import { href } from "react-router";
import type { Browser } from "#app/auth/browser.server.ts";
import { beginCeremony } from "#app/auth/ceremonies.server.ts";
import { type Entry, enter } from "#app/auth/door.server.ts";
import { proveFresh } from "#app/auth/fresh-proof/proving.server.ts";
import type { Return } from "#app/auth/providers/journeys.server.ts";
import { link } from "#app/auth/providers/linked.server.ts";
import type { Vouched } from "#app/auth/providers/provider.ts";
import { ProviderFailure } from "#app/auth/providers/provider-failure.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { inTransaction, type Transaction } from "#app/server/database.server.ts";

/** What somebody who is back from a provider has come to. */
export type Arrival =
  | { is: "known"; entry: Entry; redirectTo: string }
  /** nobody here yet, or not linked; `to` is the page that goes on with it */
  | { is: "newcomer"; cookie: string; to: string }
  /** was signed in already, and has linked the provider or proved themselves */
  | { is: "done"; redirectTo: string };

/** Goes on with whom a provider vouches for. @throws ProviderFailure */
export async function arrive(
  { provider, purpose, redirectTo, userId, vouched }: Return,
  viewer: Viewer | null,
  browser: Browser,
): Promise<Arrival> {
  if (purpose === "sign-in") return signInOrMeet(vouched, redirectTo, browser);
  // Who had set out has to be who is here now: somebody else may have signed in meanwhile.
  if (!viewer || viewer.id !== userId) throw new ProviderFailure("lost");
  if (purpose === "proof") {
    await inTransaction((tx) => proveByProvider(tx, vouched, viewer, browser));
    return { is: "done", redirectTo: `${href("/confirm")}?redirectTo=${encodeURIComponent(redirectTo)}` };
  }
  const refusal = await link(viewer, vouched, browser.facts);
  if (refusal) throw new ProviderFailure(refusal);
  return { is: "done", redirectTo: `${href("/settings/security/providers")}?done=linked-${provider.key}` };
}

async function signInOrMeet(vouched: Vouched, redirectTo: string, browser: Browser): Promise<Arrival> {
  const { email } = vouched;
  return inTransaction<Arrival>(async (tx) => {
    const entry = await enterByProvider(tx, vouched, browser);
    if (entry) return { is: "known", entry, redirectTo };
    const { cookie } = await beginCeremony(tx, "provider-newcomer", vouched);
    if (email === null) return { is: "newcomer", cookie, to: href("/join") };
    const known = (await tx.emailAddress.count({ where: { email } })) > 0;
    return { is: "newcomer", cookie, to: known ? href("/sign-in/known-address") : href("/join/with-provider") };
  });
}

/** Signs in whose account at the provider it is. Unlinking holds the person's row, and so does the door. */
async function enterByProvider(
  tx: Transaction,
  { providerId, accountId }: Vouched,
  browser: Browser,
): Promise<Entry | null> {
  const account = await tx.account.findFirst({ where: { providerId, accountId }, select: { id: true, userId: true } });
  if (!account) return null;
  await tx.$queryRaw`select 1 from users where id = ${account.userId}::uuid for share`;
  if ((await tx.account.count({ where: { id: account.id } })) === 0) return null;
  return enter(tx, account.userId, "provider", browser);
}

async function proveByProvider(
  tx: Transaction,
  { providerId, accountId }: Vouched,
  viewer: Viewer,
  browser: Browser,
): Promise<void> {
  await proveFresh(tx, viewer, "provider", browser);
  const own = await tx.account.count({ where: { providerId, accountId, userId: viewer.id } });
  if (own === 0) throw new ProviderFailure("not-you");
}
