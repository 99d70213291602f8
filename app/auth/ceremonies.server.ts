import { z } from "zod";
import { departureState, vouchedState } from "#app/auth/providers/provider.ts";
import { attributes, readCookie } from "#app/auth/session-cookie.server.ts";
import { hashOf, isToken, newToken } from "#app/auth/tokens.server.ts";
import { db, type Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";

/** What a passkey has to sign, once and soon. */
const passkeyChallenge = { minutes: 5, state: z.object({ challenge: z.string() }) };

/**
 * What takes more than one request, and what each kind remembers in between. The browser holds only a token, in a
 * cookie of the kind's own, whose hash is the key of the row.
 */
const kinds = {
  /** A sign-in whose first proof was good, and that waits for the second factor. */
  "second-factor": { minutes: 10, state: z.object({ proof: z.enum(["password", "code", "provider", "reset"]) }) },
  /** Somebody who has asked to be deleted and has shown who they are: they may change their mind. */
  leaving: { minutes: 30, state: z.object({}) },
  /** A form that was sent when its act wanted a fresh proof: it is offered again afterwards. */
  "kept-form": {
    minutes: 30,
    state: z.object({ path: z.string(), fields: z.array(z.tuple([z.string(), z.string()])) }),
  },
  /** Somebody who is at another site, to come back as known there. */
  provider: { minutes: 15, state: departureState },
  /** Somebody whom another site has vouched for, and whom nobody here is yet. */
  "provider-newcomer": { minutes: 30, state: vouchedState },
  "passkey-sign-in": passkeyChallenge,
  /** A passkey that somebody who is signed in adds. */
  "passkey-new": passkeyChallenge,
  /** A passkey as a fresh proof. */
  "passkey-proof": passkeyChallenge,
  /** The passkey that a newcomer will have instead of a password. */
  "passkey-joining": passkeyChallenge,
} as const;

export type CeremonyKind = keyof typeof kinds;
export type CeremonyState<Kind extends CeremonyKind> = z.infer<(typeof kinds)[Kind]["state"]>;

export interface FoundCeremony<Kind extends CeremonyKind> {
  userId: string | null;
  state: CeremonyState<Kind>;
  attempts: number;
}

/** Begins a ceremony as part of `tx`. @returns the Set-Cookie value that binds it to this browser, and its token */
export async function beginCeremony<Kind extends CeremonyKind>(
  tx: Transaction,
  kind: Kind,
  state: CeremonyState<Kind>,
  userId: string | null = null,
): Promise<{ token: string; cookie: string }> {
  const token = newToken();
  const lifeMs = kinds[kind].minutes * 60_000;
  await tx.ceremony.create({
    data: { tokenHash: hashOf(token), kind, userId, state, expiresAt: new Date(Date.now() + lifeMs) },
    select: { tokenHash: true },
  });
  return { token, cookie: `${cookieName(kind)}=${token}; ${attributes(lifeMs / 1000)}` };
}

/** The browser's ceremony of that kind while it lasts; it goes on. */
export async function findCeremony<Kind extends CeremonyKind>(
  kind: Kind,
  request: Request,
): Promise<FoundCeremony<Kind> | null> {
  const token = readCeremonyToken(kind, request);
  const found =
    token &&
    (await db.ceremony.findFirst({
      where: { tokenHash: hashOf(token), kind, expiresAt: { gt: new Date() } },
      select: { userId: true, state: true, attempts: true },
    }));
  return found ? parsed(kind, found) : null;
}

/**
 * Counts one try before it is looked at, so that twenty at once are still `most`.
 * @returns the ceremony, or null where there is none, its time is over, or it was tried too often
 */
export async function countAttempt<Kind extends CeremonyKind>(
  kind: Kind,
  token: string,
  most: number,
): Promise<FoundCeremony<Kind> | null> {
  const [found] = await db.ceremony.updateManyAndReturn({
    where: { tokenHash: hashOf(token), kind, expiresAt: { gt: new Date() }, attempts: { lt: most } },
    data: { attempts: { increment: 1 } },
    select: { userId: true, state: true, attempts: true },
  });
  return found ? parsed(kind, found) : null;
}

/** Uses a ceremony up, as part of `tx`; of those who try at once one gets it, the others null. */
export async function takeCeremony<Kind extends CeremonyKind>(
  tx: Transaction,
  kind: Kind,
  token: string,
): Promise<FoundCeremony<Kind> | null> {
  const [taken] = rows.parse(
    await tx.$queryRaw`
      delete from ceremonies where token_hash = ${hashOf(token)} and kind = ${kind} and expires_at > now()
      returning user_id as "userId", state, attempts`,
  );
  return taken ? parsed(kind, taken) : null;
}

const rows = z.array(z.object({ userId: z.string().nullable(), state: z.unknown(), attempts: z.number() }));

/** The browser's token for a kind of ceremony, or null where it has none. */
export function readCeremonyToken(kind: CeremonyKind, request: Request): string | null {
  const token = readCookie(request.headers.get("cookie"), cookieName(kind));
  return isToken(token) ? token : null;
}

/** The Set-Cookie value that ends a browser's ceremony of that kind. */
export function endedCeremonyCookie(kind: CeremonyKind): string {
  return `${cookieName(kind)}=; ${attributes(0)}`;
}

function parsed<Kind extends CeremonyKind>(
  kind: Kind,
  { userId, state, attempts }: { userId: string | null; state: unknown; attempts: number },
): FoundCeremony<Kind> {
  // The schema of that kind makes the type of that kind.
  return { userId, attempts, state: kinds[kind].state.parse(state) as CeremonyState<Kind> };
}

function cookieName(kind: CeremonyKind): string {
  return `${settings().https ? "__Host-" : ""}stoa_${kind.replaceAll("-", "_")}`;
}
