import { z } from "zod";
import { type LoggedKind, type ModerationAction, operatorName } from "#app/moderation/moderation.ts";
import { tellOutcome } from "#app/notifications/tell.server.ts";
import { type Prisma, select, type Transaction } from "#app/server/database.server.ts";
import { roles } from "#app/users/user.ts";

/** Who acted; `systemActor` where it was the clock, `operatorActor` where it was a command on the server. */
export interface Moderator {
  id: string | null;
  username: string;
}
export const systemActor: Moderator = { id: null, username: "system" };
/** Who can run commands on the server. */
export const operatorActor: Moderator = { id: null, username: operatorName };

interface NewAction {
  kind: LoggedKind;
  moderator: Moderator;
  /** whom it concerns; null where it is many */
  subject: { id: string; username: string } | null;
  reason: string;
  postId?: number;
  commentId?: number;
  banId?: string;
  /** the action that this one takes back */
  reversesId?: string;
  expiresAt?: Date | null;
  /** what names a person stands under `personal` */
  details?: Prisma.InputJsonObject;
}

/**
 * Appends to the log, in the transaction of what it tells of. Whom it concerns is told by `tellOutcomeOf`, later in
 * the same transaction.
 * @returns the action's id
 */
export async function recordAction(
  tx: Transaction,
  { moderator, subject, postId, commentId, details, ...action }: NewAction,
): Promise<string> {
  const { id } = await tx.moderationAction.create({
    data: {
      ...action,
      moderatorId: moderator.id,
      moderatorUsername: moderator.username,
      subjectUserId: subject?.id ?? null,
      subjectUsername: subject?.username ?? null,
      subjectPostId: postId,
      details: { ...details, ...(commentId !== undefined && { commentId }) },
    },
    select: { id: true },
  });
  return id;
}

/** Tells whom an act concerns. Whoever is banned reads it on the ban's page, and nothing else. */
export async function tellOutcomeOf(
  tx: Transaction,
  actionId: string,
  { kind, subject, postId, commentId }: Pick<NewAction, "kind" | "subject" | "postId" | "commentId">,
): Promise<void> {
  if (kind !== "ban" && subject) await tellOutcome(tx, { userId: subject.id, actionId, postId, commentId });
}

/** Actions in a record that is shown. */
export const recordLength = 50;

/** What moderators did to a user, newest first, at most `recordLength`. */
export function listActionsOn(userId: string): Promise<ModerationAction[]> {
  return select(
    "actions-on",
    `select ${actionColumns} from moderation_actions m
      where m.subject_user_id = $1 order by m.created_at desc, m.id desc limit ${recordLength}`,
    [userId],
    actionRow,
  );
}

/** The columns of a ModerationAction, of `moderation_actions m`. */
export const actionColumns = `
  m.id::text, m.kind, m.moderator_username as "moderatorUsername", m.reason, m.created_at as "createdAt",
  m.expires_at as "expiresAt", m.details ->> 'rule' as rule, m.details ->> 'from' as "from", m.details ->> 'to' as "to",
  m.subject_post_id as "postId", (m.details ->> 'commentId')::int as "commentId", m.reverses_id::text as "reversesId",
  exists (select from act_effects e where e.action_id = m.id and e.undone_at is not null) as undone`;

const isoTime = z.date().transform((time) => time.toISOString());

export const actionRow = z.object({
  id: z.string(),
  kind: z.string(),
  moderatorUsername: z.string(),
  reason: z.string(),
  createdAt: isoTime,
  expiresAt: isoTime.nullable(),
  rule: z.string().nullable(),
  from: z.enum(roles).nullable().catch(null),
  to: z.enum(roles).nullable().catch(null),
  postId: z.number().nullable(),
  commentId: z.number().nullable(),
  undone: z.boolean(),
  reversesId: z.string().nullable(),
});
