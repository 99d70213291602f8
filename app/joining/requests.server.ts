import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import { consumeProvedAddress, type ProvedAddress } from "#app/auth/proved-address.server.ts";
import { assertStillAdmin } from "#app/auth/still-admin.server.ts";
import { assertStillStaff } from "#app/auth/still-staff.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { giveInvite } from "#app/invites/invites.server.ts";
import { admittedDays, type DecidedRequest, declinedDays, type JoinRequest } from "#app/joining/joining.ts";
import { admittedMail, declinedMail } from "#app/joining/mails.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, select, type Transaction } from "#app/server/database.server.ts";
import { queueMail } from "#app/server/mail.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";

/** What somebody who has proved an address has asked for before. */
export type OwnRequest =
  | { is: "waiting"; since: string; before: number }
  | { is: "declined"; at: string; reason: string; again: string };

/** The latest request of an address, while it stands or was declined lately. Its owner alone gets to see it. */
export async function findOwnRequest(email: string): Promise<OwnRequest | null> {
  const last = await db.joinRequest.findFirst({ where: { email }, orderBy: { id: "desc" } });
  if (!last) return null;
  if (!last.decidedAt) {
    const before = await db.joinRequest.count({ where: { decidedAt: null, id: { lt: last.id } } });
    return { is: "waiting", since: last.createdAt.toISOString(), before };
  }
  const again = new Date(last.decidedAt.getTime() + declinedDays * 86_400_000);
  if (last.approved || again <= new Date()) return null;
  return {
    is: "declined",
    at: last.decidedAt.toISOString(),
    reason: last.reason ?? "",
    again: again.toISOString(),
  };
}

/**
 * Asks to join for whoever has proved an address: the proof is used up, and a row waits. Nobody is a user by it, and
 * who asks twice waits once.
 * @returns false where the site takes no requests (any more), or the proof was used up
 */
export async function askToJoin(
  proved: ProvedAddress,
  { name, answer }: { name: string; answer: string | null },
): Promise<boolean> {
  return inTransaction(async (tx) => {
    const { mode } = await findSiteSetting("joining", tx);
    if (mode !== (answer === null ? "waitlist" : "approval")) return false;
    if (!(await consumeProvedAddress(tx, proved))) return false;
    await tx.$executeRaw`
      insert into join_requests (email, name, answer)
      select ${proved.email}, ${name}, ${answer}
       where not exists (select from join_requests
                          where email = ${proved.email} and approved = false
                            and decided_at > now() - make_interval(days => ${declinedDays}::int))
      on conflict (email) where decided_at is null do nothing`;
    return true;
  });
}

/** Lets one in. @returns false where somebody has decided already */
export async function approveRequest(viewer: Viewer, id: number, facts: RequestFacts): Promise<boolean> {
  return inTransaction(async (tx) => {
    await assertStillStaff(tx, viewer);
    const [request] = decidedRows.parse(
      await tx.$queryRaw`
        update join_requests set decided_at = now(), decided_by = ${viewer.id}::uuid, approved = true
         where id = ${id} and decided_at is null returning id, email, name`,
    );
    if (!request) return false;
    await letIn(tx, request);
    await recordDecision(tx, viewer, "join-request-approved", facts, { requestId: id });
    return true;
  });
}

/** Tells one that they are not taken, and why. @returns false where somebody has decided already */
export async function declineRequest(
  viewer: Viewer,
  id: number,
  reason: string,
  facts: RequestFacts,
): Promise<boolean> {
  return inTransaction(async (tx) => {
    await assertStillStaff(tx, viewer);
    const [request] = decidedRows.parse(
      await tx.$queryRaw`
        update join_requests
           set decided_at = now(), decided_by = ${viewer.id}::uuid, approved = false, reason = ${reason}
         where id = ${id} and decided_at is null returning id, email, name`,
    );
    if (!request) return false;
    await queueMail(tx, { to: request.email, ...declinedMail({ name: request.name, reason }) });
    await recordDecision(tx, viewer, "join-request-declined", facts, { requestId: id, reason });
    return true;
  });
}

/** Lets the next ones in, in the order in which they came; two admins at once let different ones in. @returns how many */
export async function admitNext(viewer: Viewer, count: number, facts: RequestFacts): Promise<number> {
  return inTransaction(async (tx) => {
    await assertStillAdmin(tx, viewer);
    const requests = decidedRows.parse(
      await tx.$queryRaw`
        update join_requests set decided_at = now(), decided_by = ${viewer.id}::uuid, approved = true
         where id in (select id from join_requests where decided_at is null
                       order by id limit ${count}::int for update skip locked)
        returning id, email, name`,
    );
    for (const request of requests) await letIn(tx, request);
    if (requests.length > 0) {
      const requestIds = requests.map(({ id }) => id);
      await recordDecision(tx, viewer, "waitlist-admitted", facts, { requestIds });
    }
    return requests.length;
  });
}

async function letIn(tx: Transaction, { email, name }: { email: string; name: string }): Promise<void> {
  const code = await giveInvite(tx, email, admittedDays);
  await queueMail(tx, { to: email, ...admittedMail({ name, code }) });
}

async function recordDecision(
  tx: Transaction,
  { id }: Viewer,
  kind: "join-request-approved" | "join-request-declined" | "waitlist-admitted",
  facts: RequestFacts,
  details: { requestId: number; reason?: string } | { requestIds: number[] },
): Promise<void> {
  await recordEvent(tx, kind, { userId: id, actorId: id, ...facts, details });
}

const decidedRows = z.array(z.object({ id: z.number(), email: z.string(), name: z.string() }));

export const requestPageSize = 50;

/** Who waits, in the order in which they came. @param after the last one of the page before */
export async function listWaiting(after: number): Promise<{ requests: JoinRequest[]; next: number | null }> {
  const rows = await select("join-requests", waitingSql, [after], waitingRow);
  const requests = rows.slice(0, requestPageSize);
  return { requests, next: rows.length > requestPageSize ? (requests.at(-1)?.id ?? null) : null };
}

const waitingSql = `
  select id, name, answer, created_at as "createdAt" from join_requests
   where decided_at is null and id > $1 order by id limit ${requestPageSize + 1}`;

const iso = z.date().transform((at) => at.toISOString());
const waitingRow = z.object({ id: z.number(), name: z.string(), answer: z.string().nullable(), createdAt: iso });

export async function findWaiting(id: number): Promise<JoinRequest | null> {
  const row = await db.joinRequest.findFirst({ where: { id, decidedAt: null } });
  return row && { id, name: row.name, answer: row.answer, createdAt: row.createdAt.toISOString() };
}

export function countWaiting(): Promise<number> {
  return db.joinRequest.count({ where: { decidedAt: null } });
}

/** What was decided last. */
export function listDecided(): Promise<DecidedRequest[]> {
  return select("decided-join-requests", decidedSql, [], decidedRow);
}

const decidedSql = `
  select r.id, r.name, r.answer, r.created_at as "createdAt", r.decided_at as "decidedAt", r.approved, r.reason,
         u.username as "decidedBy"
    from join_requests r left join users u on u.id = r.decided_by
   where r.decided_at is not null order by r.decided_at desc, r.id desc limit 20`;

const decidedRow = waitingRow.extend({
  decidedAt: iso,
  decidedBy: z.string().nullable(),
  approved: z.boolean(),
  reason: z.string().nullable(),
});
