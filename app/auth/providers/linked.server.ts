import type { RequestFacts } from "#app/auth/browser.server.ts";
import { findCeremony, readCeremonyToken, takeCeremony } from "#app/auth/ceremonies.server.ts";
import { giveNotice } from "#app/auth/notices.server.ts";
import type { ProviderChoice, Vouched } from "#app/auth/providers/provider.ts";
import { choiceOf, findProvider, listChoices } from "#app/auth/providers/provider-list.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { countWaysIn, isLockedOut } from "#app/auth/ways-in.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, type Transaction, violatedConstraint } from "#app/server/database.server.ts";

/** A provider as it stands with the viewer. */
export interface LinkedProvider extends ProviderChoice {
  /** of the row; null where it is not linked */
  linkId: string | null;
  /** ISO */
  since: string | null;
}

/** The offered providers, linked with the viewer or not. */
export async function listLinked(viewer: Viewer): Promise<LinkedProvider[]> {
  const accounts = await db.account.findMany({
    where: { userId: viewer.id, providerId: { not: "credential" } },
    select: { id: true, providerId: true, createdAt: true },
  });
  return listChoices().map((choice) => {
    const found = accounts.find(({ providerId }) => providerId === findProvider(choice.key)?.providerId);
    return { ...choice, linkId: found?.id ?? null, since: found?.createdAt.toISOString() ?? null };
  });
}

/** @returns why it cannot be linked; null when it is */
export async function link(
  viewer: Viewer,
  vouched: Vouched,
  facts: RequestFacts,
): Promise<"taken" | "another-linked" | null> {
  try {
    return await inTransaction((tx) => linkWithin(tx, viewer, vouched, facts));
  } catch (error) {
    // Somebody else came first, at the same moment.
    if (violatedConstraint(error)) return "taken";
    throw error;
  }
}

async function linkWithin(
  tx: Transaction,
  viewer: Viewer,
  { provider, providerId, accountId }: Vouched,
  facts: RequestFacts,
): Promise<"taken" | "another-linked" | null> {
  await assertStillMay(tx, viewer);
  const accounts = await tx.account.findMany({
    where: { providerId, OR: [{ accountId }, { userId: viewer.id }] },
    select: { userId: true, accountId: true },
  });
  if (accounts.some((each) => each.userId !== viewer.id)) return "taken";
  if (accounts.some((each) => each.accountId === accountId)) return null;
  if (accounts.length > 0) return "another-linked";
  await tx.account.create({ data: { userId: viewer.id, providerId, accountId }, select: { id: true } });
  await record(tx, viewer, "provider-linked", provider, facts);
  return null;
}

class LastWayIn extends Error {}

/** Takes a linked provider away, unless it is the last way in. */
export async function unlink(viewer: Viewer, linkId: string, facts: RequestFacts): Promise<"done" | "none" | "last"> {
  try {
    return await inTransaction(async (tx) => {
      await assertStillMay(tx, viewer);
      const [gone] = await tx.account.findMany({
        where: { id: linkId, userId: viewer.id, providerId: { not: "credential" } },
        select: { id: true, providerId: true },
      });
      if (!gone) return "none";
      await tx.account.deleteMany({ where: { id: gone.id } });
      if (isLockedOut(await countWaysIn(tx, viewer.id))) throw new LastWayIn();
      await record(tx, viewer, "provider-unlinked", gone.providerId, facts);
      return "done";
    });
  } catch (error) {
    if (error instanceof LastWayIn) return "last";
    throw error;
  }
}

/**
 * Whom a provider has vouched for in this browser before the viewer signed in, where the address that it gave is the
 * viewer's: theirs to link. Anybody else who signs in here is not offered it.
 */
export async function findWaiting(
  viewer: Viewer,
  request: Request,
): Promise<(ProviderChoice & { email: string }) | null> {
  const waiting = await findCeremony("provider-newcomer", request);
  const email = waiting?.state.email;
  if (!waiting || !email) return null;
  const own = await db.emailAddress.count({ where: { userId: viewer.id, email } });
  return own > 0 ? { ...choiceOf(waiting.state.provider), email } : null;
}

/** Links what is waiting. @returns null when it is done, "none" where nothing waits, or why not */
export async function linkWaiting(
  viewer: Viewer,
  request: Request,
  facts: RequestFacts,
): Promise<"none" | "taken" | "another-linked" | null> {
  const token = readCeremonyToken("provider-newcomer", request);
  if (!token) return "none";
  try {
    return await inTransaction(async (tx) => {
      await assertStillMay(tx, viewer);
      const waiting = await takeCeremony(tx, "provider-newcomer", token);
      const email = waiting?.state.email;
      if (!waiting || !email) return "none";
      const own = await tx.emailAddress.count({ where: { userId: viewer.id, email } });
      return own === 0 ? "none" : linkWithin(tx, viewer, waiting.state, facts);
    });
  } catch (error) {
    if (violatedConstraint(error)) return "taken";
    throw error;
  }
}

async function record(
  tx: Transaction,
  viewer: Viewer,
  kind: "provider-linked" | "provider-unlinked",
  provider: string,
  facts: RequestFacts,
): Promise<void> {
  await recordEvent(tx, kind, { actorId: viewer.id, userId: viewer.id, ...facts, details: { provider } });
  await giveNotice(tx, viewer.id, kind, facts);
}
