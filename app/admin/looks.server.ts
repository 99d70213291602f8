import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { AuditKind } from "#app/register/audit-event.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { inTransaction, select } from "#app/server/database.server.ts";

/**
 * Writes into the register that somebody of the staff looked at what is not public of a person; once an hour for the
 * two of them. The person reads it in their own log.
 */
export async function recordLook(viewer: Viewer, userId: string, facts: RequestFacts): Promise<void> {
  if (viewer.id === userId) return;
  await append(viewer.role === "admin" ? "looked-at-by-admin" : "looked-at-by-moderator", viewer, userId, facts);
}

/** The same of the list of people, which has admins see addresses. */
export function recordListing(viewer: Viewer, facts: RequestFacts): Promise<void> {
  return append("people-listed", viewer, null, facts);
}

/** Each file of it is an event of its own. */
export function recordExport(viewer: Viewer, facts: RequestFacts, query: string): Promise<void> {
  return inTransaction((tx) =>
    recordEvent(tx, "people-exported", { actorId: viewer.id, userId: null, ...facts, details: { query } }),
  );
}

async function append(
  kind: AuditKind,
  viewer: Viewer,
  userId: string | null,
  { ipAddress, userAgent }: RequestFacts,
): Promise<void> {
  const values = [kind, viewer.id, userId, ipAddress, userAgent];
  await select(userId ? "record-look" : "record-listing", lookSql(userId !== null), values, z.object({}));
}

const lookSql = (atOne: boolean) => `
  insert into audit_events (id, kind, actor_id, user_id, ip_address, user_agent)
  select gen_random_uuid(), $1, $2::uuid, $3::uuid, $4, $5
   where not exists (
     select from audit_events e
      where e.kind in ('looked-at-by-admin', 'looked-at-by-moderator', 'people-listed', 'people-exported') and e.kind = $1
        and e.actor_id = $2::uuid and e.user_id ${atOne ? "= $3::uuid" : "is null"}
        and e.created_at > now() - interval '1 hour')`;
