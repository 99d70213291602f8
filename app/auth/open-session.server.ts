import { z } from "zod";
import { withinBetterAuth } from "#app/auth/better-auth.server.ts";
import { deviceCookie } from "#app/auth/device-cookie.server.ts";
import { sessionCookie } from "#app/auth/session-cookie.server.ts";
import type { Transaction } from "#app/server/database.server.ts";
import { requestScope } from "#app/server/request-scope.server.ts";

/** What is noted of the request that opens a session. */
export interface RequestFacts {
  ipAddress: string;
  userAgent: string;
}

export function factsOf(request: Request): RequestFacts {
  return {
    ipAddress: requestScope()?.clientAddress ?? "",
    userAgent: (request.headers.get("user-agent") ?? "").slice(0, 400),
  };
}

/** Headers of an answer that sets cookies. */
export type SetCookies = ["Set-Cookie", string][];

/** How a person has shown who they are. */
export type Proof = "password" | "code" | "joining" | "setup";

const auditKind = { password: "signed-in", code: "signed-in", joining: "joined", setup: "joined" } as const;

/**
 * The only place where a session begins; every proof comes through here. It holds the person's row against a ban
 * that is written at the same moment: either that one waits and ends this session too, or this one waits and sees it.
 * A banned person's session opens the ban's page and nothing else.
 * @returns the Set-Cookie headers: the new session's, and the one by which the browser is known next time
 */
export async function openSession(
  tx: Transaction,
  userId: string,
  proof: Proof,
  facts: RequestFacts,
): Promise<SetCookies> {
  const [user] = heldUser.parse(
    await tx.$queryRaw`select email, banned, ban_id as "banId" from users where id = ${userId}::uuid for share`,
  );
  if (!user) throw new Error("A session was to be opened for nobody");
  // A statement of its own, so that it sees the ban that the line above has waited for.
  const ban = user.banned && user.banId ? await findBanInForce(tx, user.banId) : null;
  const session = await withinBetterAuth(tx, ({ createSession }) =>
    createSession(userId, false, { ...facts, banId: ban?.id ?? null }),
  );
  await tx.auditEvent.create({
    data: { kind: auditKind[proof], actorId: userId, userId, ...facts, details: { proof } },
    select: { id: true },
  });
  return [
    ["Set-Cookie", sessionCookie(session.token)],
    ["Set-Cookie", deviceCookie(user.email)],
  ];
}

const heldUser = z.array(z.object({ email: z.string(), banned: z.boolean(), banId: z.string().nullable() }));

function findBanInForce(tx: Transaction, id: string) {
  return tx.ban.findFirst({
    where: { id, liftedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
    select: { id: true },
  });
}
