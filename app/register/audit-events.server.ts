import type { AuditKind } from "#app/register/audit-event.ts";
import type { Prisma, Transaction } from "#app/server/database.server.ts";

interface NewEvent {
  /** whose account it concerns; null where nobody has what was typed */
  userId: string | null;
  /** who did it, where that is known */
  actorId?: string | null;
  ipAddress?: string;
  userAgent?: string;
  details?: Prisma.InputJsonObject;
}

/** Appends to the register, in the transaction of what it tells of. */
export async function recordEvent(tx: Transaction, kind: AuditKind, event: NewEvent): Promise<void> {
  await tx.auditEvent.create({ data: { kind, ...event }, select: { id: true } });
}
