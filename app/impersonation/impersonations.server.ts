import { data } from "react-router";
import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { type Impersonated, impersonationMinutes } from "#app/impersonation/glass-box.ts";
import { type ImpersonationLine, whyNotImpersonate } from "#app/impersonation/impersonation.ts";
import { impersonationMail } from "#app/impersonation/mail.server.ts";
import { lockPeople } from "#app/moderation/lock-people.server.ts";
import { noRefusal, type Outcome } from "#app/moderation/outcome.server.ts";
import { usernameKeyOf } from "#app/moderation/subjects.server.ts";
import type { AuditKind } from "#app/register/audit-event.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, select, type Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { queueMail } from "#app/server/mail.server.ts";
import { isGone } from "#app/users/user.ts";

/** What a trigger writes into the register at whatever ends one. */
export const endingKind = "impersonation-ended" satisfies AuditKind;

/**
 * Lets an admin see the site as somebody, in the admin's own session: the person gets no session from it, and is told
 * by mail in the same transaction.
 * @throws a 404 response where nobody has that username
 */
export function beginImpersonation(
  viewer: Viewer,
  username: string,
  { reason, facts }: { reason: string; facts: RequestFacts },
): Promise<Outcome> {
  return inTransaction(async (tx) => {
    const found = await tx.user.findUnique({
      where: { usernameKey: usernameKeyOf(username) },
      select: { id: true },
    });
    if (!found) throw data(null, { status: 404, statusText: "Not Found" });
    const { moderator, user } = await lockPeople(tx, viewer, found.id);
    const refusal = whyNotImpersonate(moderator, user);
    if (refusal) return { ...noRefusal, refusal };
    if (isGone(user.username)) throw data(null, { status: 404, statusText: "Not Found" });
    await tx.$executeRaw`
      update impersonations set ended_at = least(now(), ends_at)
       where session_id = ${viewer.sessionId}::uuid and ended_at is null`;
    const startedAt = new Date();
    const endsAt = new Date(startedAt.getTime() + impersonationMinutes * 60_000);
    await tx.impersonation.create({
      data: {
        adminId: moderator.id,
        userId: user.id,
        userRole: user.role,
        sessionId: viewer.sessionId,
        reason,
        startedAt,
        endsAt,
      },
      select: { id: true },
    });
    await recordEvent(tx, "impersonation-began", {
      actorId: moderator.id,
      userId: user.id,
      ...facts,
      details: { personal: { reason } },
    });
    await tellByMail(tx, user.id, { reason, endsAt });
    return noRefusal;
  });
}

async function tellByMail(tx: Transaction, userId: string, about: { reason: string; endsAt: Date }): Promise<void> {
  const { siteName, siteUrl } = settings();
  const { emailAddresses, ...person } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      name: true,
      username: true,
      emailAddresses: { where: { verifiedAt: { not: null } }, select: { email: true }, orderBy: { email: "asc" } },
    },
  });
  for (const { email } of emailAddresses) {
    await queueMail(tx, { to: email, ...impersonationMail({ ...person, ...about, siteName, siteUrl }) });
  }
}

/** Gives the admin their own site back. */
export async function endImpersonation({ sessionId, impersonatedBy }: Impersonated): Promise<void> {
  await db.$executeRaw`
    update impersonations set ended_at = least(now(), ends_at)
     where session_id = ${sessionId}::uuid and admin_id = ${impersonatedBy.id}::uuid and ended_at is null`;
}

/** Dates the end of those whose time is over, which the register then has; they count for nothing since that moment. */
export async function endDueImpersonations(): Promise<number> {
  return db.$executeRaw`update impersonations set ended_at = ends_at where ended_at is null and ends_at <= now()`;
}

/** Lines of one's own list. */
const lines = 10;

/** Who has seen the site as the viewer, the latest first. */
export async function listImpersonations(viewer: Pick<Viewer, "id">): Promise<ImpersonationLine[]> {
  const rows = await select("own-impersonations", listSql, [viewer.id], lineRow);
  return rows.map(({ startedAt, until, ...row }) => ({
    ...row,
    startedAt: startedAt.toISOString(),
    until: until.toISOString(),
  }));
}

const listSql = `
  select id, reason, started_at as "startedAt", coalesce(ended_at, ends_at) as until,
         ended_at is null and ends_at > now() as "underWay"
    from impersonations where user_id = $1::uuid order by started_at desc limit ${lines}`;

const lineRow = z.object({
  id: z.string(),
  reason: z.string(),
  startedAt: z.date(),
  until: z.date(),
  underWay: z.boolean(),
});
