import { href, redirectDocument } from "react-router";
import { z } from "zod";
import { withinBetterAuth } from "#app/auth/better-auth.server.ts";
import type { Browser } from "#app/auth/browser.server.ts";
import { beginCeremony, type CeremonyState } from "#app/auth/ceremonies.server.ts";
import { deviceCookie, isKnownDevice } from "#app/auth/device-cookie.server.ts";
import { giveNotice } from "#app/auth/notices.server.ts";
import { lastWayCookie, lastWayOf } from "#app/auth/providers/last-way-cookie.server.ts";
import { stopRecovery } from "#app/auth/recovery/stop-recovery.server.ts";
import { sessionCookie } from "#app/auth/session-cookie.server.ts";
import { isTrusted } from "#app/auth/trusted-devices.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import type { Transaction } from "#app/server/database.server.ts";
import { isGone } from "#app/users/user.ts";

/** Headers of an answer that sets cookies. */
export type SetCookies = ["Set-Cookie", string][];

/** How a person has shown who they are, where that alone may not be enough … */
type FirstProof = CeremonyState<"second-factor">["proof"];
/** … and where it is: a passkey is held and unlocked, and a newcomer has no second factor yet. */
type WholeProof = "passkey" | "joining" | "setup" | "second-factor" | "stayed";

export type Proof = FirstProof | WholeProof;

/** What the door answers: a session, the question for the second factor, or the question whether to stay after all. */
export interface Entry {
  is: "in" | "second-factor" | "leaving";
  cookies: SetCookies;
}

/**
 * The door: the only place where a session begins; whatever proves a person comes through here. It holds the person's
 * row against a ban that is written at the same moment: either that one waits and ends this session too, or this one
 * waits and sees it. A banned person's session opens the ban's page and nothing else. Where the person has a second
 * factor and the proof is a first one, there is no session yet, but a ceremony that waits for it. Whoever has asked to
 * be deleted gets no session either, but the one page where they may change their mind.
 */
export async function enter(tx: Transaction, userId: string, proof: Proof, browser: Browser): Promise<Entry> {
  const [user] = heldUser.parse(
    await tx.$queryRaw`
      select email, banned, ban_id as "banId",
             exists (select 1 from two_factors where user_id = id and confirmed_at is not null) as "hasSecondFactor"
        from users where id = ${userId}::uuid for share`,
  );
  if (!user) throw new Error("A session was to be opened for nobody");
  const way = lastWayOf(proof);
  const hint: SetCookies = way ? [["Set-Cookie", lastWayCookie(way)]] : [];
  if (isFirst(proof) && user.hasSecondFactor && !(await isTrusted(tx, userId, browser.trust))) {
    const { cookie } = await beginCeremony(tx, "second-factor", { proof }, userId);
    return { is: "second-factor", cookies: [["Set-Cookie", cookie], ...hint] };
  }
  // In a statement of its own: the first one has waited for whoever was just leaving.
  const isNew = proof === "joining" || proof === "setup";
  if (!isNew && (await isLeaving(tx, userId))) {
    const { cookie } = await beginCeremony(tx, "leaving", {}, userId);
    return { is: "leaving", cookies: [["Set-Cookie", cookie], ...hint] };
  }
  // A statement of its own, so that it sees the ban that the first one has waited for.
  const ban = user.banned && user.banId ? await findBanInForce(tx, user.banId) : null;
  const { facts } = browser;
  const session = await withinBetterAuth(tx, ({ createSession }) =>
    createSession(userId, false, {
      ...facts,
      banId: ban?.id ?? null,
      passkeyAt: proof === "passkey" ? new Date() : null,
    }),
  );
  if (proof === "second-factor" || proof === "passkey") await stopRecovery(tx, userId, facts);
  await recordEvent(tx, isNew ? "joined" : "signed-in", { actorId: userId, userId, ...facts, details: { proof } });
  if (!isNew && !isKnownDevice(browser.device, user.email)) await giveNotice(tx, userId, "new-device", facts);
  return {
    is: "in",
    cookies: [["Set-Cookie", sessionCookie(session.token)], ["Set-Cookie", deviceCookie(user.email)], ...hint],
  };
}

/** Where the browser goes from the door: on to the page that was asked for, or to the question for the second factor. */
export function goOn(entry: Entry, redirectTo: string, more: SetCookies = []): Response {
  const targets = {
    in: redirectTo,
    "second-factor": `${href("/sign-in/two-factor")}?redirectTo=${encodeURIComponent(redirectTo)}`,
    leaving: href("/leaving"),
  };
  return redirectDocument(targets[entry.is], { headers: [...entry.cookies, ...more] });
}

/** Whether somebody has asked to be deleted. @throws where they are gone already */
async function isLeaving(tx: Transaction, userId: string): Promise<boolean> {
  const user = await tx.user.findUnique({ where: { id: userId }, select: { username: true, deletion: true } });
  if (!user || (isGone(user.username) && !user.deletion)) throw new Error("A session was to be opened for nobody");
  return user.deletion !== null;
}

function isFirst(proof: Proof): proof is FirstProof {
  return proof === "password" || proof === "code" || proof === "provider" || proof === "reset";
}

const heldUser = z.array(
  z.object({ email: z.string(), banned: z.boolean(), banId: z.string().nullable(), hasSecondFactor: z.boolean() }),
);

function findBanInForce(tx: Transaction, id: string) {
  return tx.ban.findFirst({
    where: { id, liftedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
    select: { id: true },
  });
}
