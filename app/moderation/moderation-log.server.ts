import { z } from "zod";
import { type ActionKind, type ModerationAction, operatorName } from "#app/moderation/moderation.ts";
import { tellOutcome } from "#app/notifications/tell.server.ts";
import { db, type Transaction } from "#app/server/database.server.ts";
import { roles } from "#app/users/user.ts";

/** Who acted; `systemActor` where it was the clock, `operatorActor` where it was a command on the server. */
export interface Moderator {
  id: string | null;
  username: string;
}
export const systemActor: Moderator = { id: null, username: "system" };
/** Who can run commands on the server. */
export const operatorActor: Moderator = { id: null, username: operatorName };

type NewAction = ActionKind & {
  moderator: Moderator;
  subject: { id: string; username: string };
  reason: string;
  banId?: string;
  /** the action that this one takes back */
  reversesId?: string;
};

/** Appends to the log, in the transaction of what it tells of, and tells whom it was done to. */
export async function recordAction(
  tx: Transaction,
  { kind, moderator, subject, reason, banId, reversesId, ...rest }: NewAction,
): Promise<void> {
  const { id: actionId } = await tx.moderationAction.create({
    data: {
      kind,
      moderatorId: moderator.id,
      moderatorUsername: moderator.username,
      subjectUserId: subject.id,
      subjectUsername: subject.username,
      reason,
      banId,
      reversesId,
      details: "details" in rest ? rest.details : {},
      expiresAt: "expiresAt" in rest ? rest.expiresAt : null,
    },
    select: { id: true },
  });
  // Whoever is banned reads it on the ban's page, and nothing else.
  if (kind !== "ban") await tellOutcome(tx, { userId: subject.id, actionId });
}

/** Actions in a record that is shown. */
export const recordLength = 50;

/** What moderators did to a user, newest first, at most `recordLength`. */
export async function listActionsOn(userId: string): Promise<ModerationAction[]> {
  const rows = await db.moderationAction.findMany({
    where: { subjectUserId: userId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: recordLength,
    select: {
      id: true,
      kind: true,
      moderatorUsername: true,
      reason: true,
      details: true,
      expiresAt: true,
      createdAt: true,
    },
  });
  // The log outlives the code: what this version does not know is shown by its name.
  return rows.map((row) => actionRow.safeParse(row).data ?? otherRow.parse(row));
}

const isoTime = z.date().transform((time) => time.toISOString());
const common = { id: z.string(), moderatorUsername: z.string(), reason: z.string(), createdAt: isoTime };
const role = z.enum(roles);

const actionRow = z.discriminatedUnion("kind", [
  z.object({ ...common, kind: z.literal("ban"), expiresAt: isoTime.nullable() }),
  z.object({ ...common, kind: z.enum(["unban", "ban-expired", "remove-post"]) }),
  z.object({ ...common, kind: z.literal("role"), details: z.object({ from: role, to: role }) }),
  z.object({ ...common, kind: z.literal("sessions"), details: z.object({ ended: z.number() }) }),
]);

const otherRow = z
  .object({ ...common, kind: z.string() })
  .transform(({ kind, ...row }) => ({ ...row, kind: "other" as const, name: kind }));
