import { data } from "react-router";
import { z } from "zod";
import { type AppealParts, neededRole, whyNotAnswer } from "#app/appeals/appeal.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { ModerationAction } from "#app/moderation/moderation.ts";
import { actionColumns, actionRow } from "#app/moderation/moderation-log.server.ts";
import { select, type Transaction } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";
import { isGone, notGone, roles } from "#app/users/user.ts";

/** A line of the list of appeals. */
export interface WaitingAppeal {
  id: string;
  createdAt: string;
  /** whose it is */
  username: string;
  action: ModerationAction;
  /** whether the viewer acted or approved it */
  own: boolean;
}

/** An appeal with everything that it takes to answer it. */
export interface FoundAppeal {
  id: string;
  body: string;
  createdAt: string;
  username: string;
  userId: string;
  action: ModerationAction;
  /** the post or the comment that the act was about, as HTML; null where it is about none, or it is deleted */
  text: { title: string | null; html: string } | null;
  /** once it is answered */
  answer: { granted: boolean; text: string; at: string; by: string } | null;
  /** why the viewer cannot answer it; null: they can */
  whyNot: string | null;
}

const pageSize = 25;
const isoTime = z.date().transform((time) => time.toISOString());

/** One page of the appeals that wait, the oldest first: one statement. */
export async function listWaiting(
  viewer: Viewer,
  after: Cursor | null,
): Promise<{ appeals: WaitingAppeal[]; next: string | null }> {
  const values = [viewer.id, pageSize + 1, ...(after ? [after.at, after.id] : [])];
  const rows = await select(`appeals-waiting${after ? "-after" : ""}`, listSql(after !== null), values, waitingRow);
  const last = rows[pageSize - 1];
  return {
    appeals: rows.slice(0, pageSize).map(({ appealId, appealedAt, username, own, ...action }) => ({
      id: appealId,
      createdAt: appealedAt,
      username,
      own,
      action,
    })),
    next: rows.length > pageSize && last ? formatCursor({ at: new Date(last.appealedAt), id: last.appealId }) : null,
  };
}

const approver = `(select decider_id from act_proposals where action_id = m.id)`;

function listSql(paged: boolean): string {
  return `
    select ${actionColumns}, a.id as "appealId", a.created_at as "appealedAt", u.username,
           $1::uuid in (m.moderator_id, ${approver}) is true as own
      from (select * from appeals where decided_at is null
             ${paged ? "and (created_at, id) > ($3::timestamptz, $4::uuid)" : ""}
             order by created_at, id limit $2) a
      join moderation_actions m on m.id = a.action_id
      join users u on u.id = a.user_id
     order by a.created_at, a.id`;
}

const waitingRow = actionRow.extend({
  appealId: z.string(),
  appealedAt: isoTime,
  username: z.string(),
  own: z.boolean(),
});

/** @throws a 404 response where there is no such appeal */
export async function findAppeal(viewer: Viewer, appealId: string): Promise<FoundAppeal> {
  const nowhere = data(null, { status: 404, statusText: "Not Found" });
  if (!z.uuid().safeParse(appealId).success) throw nowhere;
  const [row] = await select("appeal", appealSql, [appealId], appealRow);
  if (!row) throw nowhere;
  const { body, userId, username, appealedAt, decidedAt, granted, answer, decider, text, ...rest } = row;
  const { subjectRole, actorId, actorRole, approverId, ...action } = rest;
  const parts = partsOf(row);
  const [others] = await select("appeal-others", othersSql, othersValues(parts), countRow);
  return {
    id: appealId,
    body,
    createdAt: appealedAt,
    username,
    userId,
    action,
    text,
    answer:
      decidedAt === null
        ? null
        : { granted: granted ?? false, text: answer, at: decidedAt, by: decider && !isGone(decider) ? decider : "" },
    whyNot: whyNotAnswer(parts, viewer, others?.count ?? 0),
  };
}

/** The same question within the transaction that answers, of the rows as they are then. */
export async function whyNotWithin(tx: Transaction, viewerId: string, appealId: string): Promise<string | null> {
  const [row] = z.array(appealRow).parse(await tx.$queryRawUnsafe(appealSql, appealId));
  const viewer = await tx.user.findUnique({ where: { id: viewerId }, select: { id: true, role: true } });
  if (!row || !viewer) return "This appeal is not here any more.";
  const parts = partsOf(row);
  const [others] = z.array(countRow).parse(await tx.$queryRawUnsafe(othersSql, ...othersValues(parts)));
  return whyNotAnswer(parts, viewer, others?.count ?? 0);
}

const appealSql = `
  select ${actionColumns}, a.body, a.user_id::text as "userId", u.username, u.role::text as "subjectRole",
         a.created_at as "appealedAt", a.decided_at as "decidedAt", a.granted, a.answer, d.username as decider,
         coalesce(
           (select jsonb_build_object('title', null, 'html', c.body_html) from comments c
             where c.id = (m.details ->> 'commentId')::int and c.deleted_at is null),
           (select jsonb_build_object('title', p.title, 'html', p.body_html) from posts p
             where p.id = m.subject_post_id and p.deleted_at is null and not m.details ? 'commentId')) as text,
         m.moderator_id::text as "actorId", actor.role::text as "actorRole", ${approver}::text as "approverId"
    from appeals a join moderation_actions m on m.id = a.action_id join users u on u.id = a.user_id
    left join users d on d.id = a.decider_id left join users actor on actor.id = m.moderator_id
   where a.id = $1::uuid`;

const appealRow = actionRow.extend({
  body: z.string(),
  userId: z.string(),
  username: z.string(),
  subjectRole: z.enum(roles),
  appealedAt: isoTime,
  decidedAt: isoTime.nullable(),
  granted: z.boolean().nullable(),
  answer: z.string(),
  decider: z.string().nullable(),
  actorId: z.string().nullable(),
  actorRole: z.enum(roles).nullable(),
  approverId: z.string().nullable(),
  text: z.object({ title: z.string().nullable(), html: z.string() }).nullable(),
});

function partsOf(row: z.infer<typeof appealRow>): AppealParts {
  const { kind, userId, subjectRole, actorId, actorRole, approverId, appealedAt, decidedAt } = row;
  return {
    kind,
    subject: { id: userId, role: subjectRole },
    actor: actorId && actorRole ? { id: actorId, role: actorRole } : null,
    approverId,
    createdAt: new Date(appealedAt),
    decided: decidedAt !== null,
  };
}

/** How many others could answer. */
const othersSql = `
  select count(*)::int as count from users u
   where u.role = any($1::role[]) and not u.banned and ${notGone("u.username")}
     and u.id <> all($2::uuid[])`;
const countRow = z.object({ count: z.number() });

function othersValues(parts: AppealParts): unknown[] {
  const needed = roles.slice(roles.indexOf(neededRole(parts)));
  return [needed, [parts.subject.id, parts.actor?.id, parts.approverId].filter(Boolean)];
}
