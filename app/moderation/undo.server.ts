import { data } from "react-router";
import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { endBulksOf, setStandingOfMany } from "#app/moderation/bulk.server.ts";
import { aspectsOfAct, lay } from "#app/moderation/effects.server.ts";
import { lockPeople } from "#app/moderation/lock-people.server.ts";
import { isActKind, type LoggedKind } from "#app/moderation/moderation.ts";
import { recordAction, tellOutcomeOf } from "#app/moderation/moderation-log.server.ts";
import { noRefusal, type Outcome, Refused, refusedByLastAdmin } from "#app/moderation/outcome.server.ts";
import { needsSecondAdmin, type Refusal, whyNot } from "#app/moderation/policy.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { inTransaction, type Transaction, violatedConstraint } from "#app/server/database.server.ts";
import { isGone, outranks, roles } from "#app/users/user.ts";

/**
 * Undoes an act exactly: everything is as it would be had it never been done, and what others and the person did since
 * stays. An undo is an act as well, and so can be undone.
 * @returns what forbids it, and then nothing was changed; or the id of the undo
 * @throws a 404 response where there is no such action
 */
export function undoAct(
  viewer: Viewer,
  actionId: string,
  { reason, facts }: { reason: string; facts: RequestFacts },
): Promise<Outcome> {
  return undoActs(viewer, [actionId], { reason, facts });
}

/** Undoes several acts, the last one first: all of them, or none. */
export function undoActs(
  viewer: Viewer,
  actionIds: string[],
  { reason, facts }: { reason: string; facts: RequestFacts },
): Promise<Outcome> {
  return orRefused(inTransaction((tx) => undoActsWithin(tx, viewer, actionIds, { reason, facts })));
}

/** The same as part of a transaction, of which `orRefused` is told; people are locked here, first of all. @throws Refused */
export async function undoActsWithin(
  tx: Transaction,
  viewer: Viewer,
  actionIds: string[],
  { reason, facts }: { reason: string; facts: RequestFacts },
): Promise<Outcome> {
  const actions = await findActions(tx, actionIds);
  if (actions.length < new Set(actionIds).size) throw data(null, { status: 404, statusText: "Not Found" });
  for (const { id } of actions) await endBulksOf(tx, id);
  await lockAll(tx, [viewer.id, ...actions.flatMap(({ subjectUserId }) => subjectUserId ?? [])]);
  let last: Outcome = noRefusal;
  for (const action of actions) {
    last = await undoWithin(tx, viewer, action, { reason, facts });
    if (last.refusal) throw new Refused(last.refusal);
  }
  return last;
}

/** What a transaction came to that undoes: a refusal that was thrown within it, in words. */
export function orRefused(undone: Promise<Outcome>): Promise<Outcome> {
  return refusedByLastAdmin(undone).catch((error: unknown) => {
    if (error instanceof Refused) return { ...noRefusal, refusal: error.refusal };
    if (violatedConstraint(error)?.includes("username")) return { ...noRefusal, refusal: nameIsTaken };
    throw error;
  });
}

const nameIsTaken: Refusal = { because: "state", text: "Somebody else has the former username now." };

async function undoWithin(
  tx: Transaction,
  viewer: Viewer,
  action: FoundAction,
  { reason, facts }: { reason: string; facts: RequestFacts },
): Promise<Outcome> {
  const root = await rootOf(tx, action);
  const refused = (refusal: Refusal) => ({ ...noRefusal, refusal });
  if (root.id !== action.id) await endBulksOf(tx, root.id);
  const { moderator, user } = await lockPeople(tx, viewer, action.subjectUserId ?? viewer.id);
  if (root.kind === "reopen") {
    return refused({ because: "state", text: "A case that was opened again is closed by deciding about it." });
  }
  if (!isActKind(root.kind) && root.kind !== "remove-posts") {
    return refused({ because: "state", text: "What the clock does is not undone." });
  }
  const authority = isActKind(root.kind) && action.subjectUserId ? whyNot(root.kind, moderator, user) : null;
  if (authority?.because === "authority") return refused(authority);
  if (action.subjectUserId && needsSecondAdmin(moderator, user)) {
    return refused({ because: "authority", text: "No admin acts on another alone. Propose the opposite act instead." });
  }
  if (action.moderatorRole && outranks(action.moderatorRole, moderator.role)) {
    return refused({ because: "authority", text: "Only an admin undoes what an admin did." });
  }
  if (action.subjectUserId && isGone(user.username)) {
    return refused({ because: "state", text: "They have left, or are leaving." });
  }
  const groups = await aspectsOfAct(tx, action.id);
  if (groups.length === 0) {
    return refused({ because: "state", text: "This was done before acts could be undone." });
  }
  if (groups.some(({ standing }) => !standing)) return refused({ because: "state", text: "This is undone already." });
  await setStanding(tx, action, false);
  const subject = action.subjectUserId ? user : null;
  const done = {
    kind: "undo",
    subject,
    ...(action.postId !== null && { postId: action.postId }),
    ...(action.commentId !== null && { commentId: action.commentId }),
  } as const;
  const undoId = await recordAction(tx, {
    ...done,
    moderator,
    reason,
    reversesId: action.id,
    details: { undone: action.kind, root: root.kind },
  });
  await lay(tx, undoId, { aspect: "undo", subjects: [action.id], after: null });
  if (root.kind === "role") {
    await recordEvent(tx, "role-changed", {
      actorId: moderator.id,
      userId: user.id,
      ...facts,
      details: { undo: true },
    });
  }
  await tellOutcomeOf(tx, undoId, done);
  return { ...noRefusal, actionId: undoId };
}

/** The people of several acts, in one order: two who undo at once do not wait in a circle. */
async function lockAll(tx: Transaction, userIds: string[]): Promise<void> {
  await tx.$executeRaw`select 1 from users where id = any(${userIds}::uuid[]) order by id for no key update`;
}

/** Lets an act count or not; of an undo that is the act which it took back, the other way round. */
async function setStanding(tx: Transaction, action: FoundAction, standing: boolean): Promise<void> {
  for (const group of await aspectsOfAct(tx, action.id)) {
    await setStandingOfMany(tx, action.id, group, standing);
  }
  if (action.kind !== "undo" || !action.reversesId) return;
  const [reversed] = await findActions(tx, [action.reversesId]);
  if (reversed) await setStanding(tx, reversed, !standing);
}

/** The act at the end of a chain of undos. */
async function rootOf(tx: Transaction, action: FoundAction): Promise<FoundAction> {
  if (action.kind !== "undo" || !action.reversesId) return action;
  const [reversed] = await findActions(tx, [action.reversesId]);
  return reversed ? rootOf(tx, reversed) : action;
}

/** The last one first. */
async function findActions(tx: Transaction, ids: string[]): Promise<FoundAction[]> {
  return actionRows.parse(
    await tx.$queryRaw`
      select m.id::text, m.kind, m.subject_user_id::text as "subjectUserId", m.reverses_id::text as "reversesId",
             m.subject_post_id as "postId", (m.details ->> 'commentId')::int as "commentId", u.role::text as "moderatorRole"
        from moderation_actions m left join users u on u.id = m.moderator_id
       where m.id = any(${ids}::uuid[])
       order by (select max(e.id) from act_effects e where e.action_id = m.id) desc nulls last`,
  );
}

const actionRows = z.array(
  z.object({
    id: z.string(),
    // The log outlives the code: what it does not know is refused as the clock's.
    kind: z.custom<LoggedKind>((kind) => typeof kind === "string"),
    subjectUserId: z.string().nullable(),
    reversesId: z.string().nullable(),
    postId: z.number().nullable(),
    commentId: z.number().nullable(),
    moderatorRole: z.enum(roles).nullable(),
  }),
);
type FoundAction = z.infer<typeof actionRows>[number];
