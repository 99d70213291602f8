import type { RequestFacts } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { expireBan } from "#app/moderation/bans.server.ts";
import { layOnMany } from "#app/moderation/bulk.server.ts";
import { lockPeople } from "#app/moderation/lock-people.server.ts";
import { type ActInput, type ActKind, actForms } from "#app/moderation/moderation.ts";
import { recordAction, tellOutcomeOf } from "#app/moderation/moderation-log.server.ts";
import { noRefusal, type Outcome, refusedByLastAdmin } from "#app/moderation/outcome.server.ts";
import { performances, type Stage } from "#app/moderation/performances.server.ts";
import { needsSecondAdmin, type Refusal, whyNot, whyNotApprove } from "#app/moderation/policy.ts";
import { propose } from "#app/moderation/proposals.server.ts";
import { findConcerned, lockThing, type Target } from "#app/moderation/targets.server.ts";
import { tell } from "#app/notifications/tell.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { inTransaction, type Transaction } from "#app/server/database.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { findUntold } from "#app/trust/first-sight.server.ts";

/** An act as a moderator's form asks for it. */
export interface Asked<Kind extends ActKind> {
  kind: Kind;
  target: Target;
  input: ActInput<Kind>;
  facts: RequestFacts;
  /** the case that it belongs to */
  caseId?: number;
  /** whoever proposed it, where the viewer is the second moderator who approves it */
  proposerId?: string;
}

/**
 * Does what a moderator asks for, in one transaction with its line in the log; or keeps it as a proposal where the
 * act needs a second moderator.
 * @returns what forbids it, and then nothing was changed; or the id of the action or of the proposal
 * @throws a 404 response where there is no such person, post or comment
 */
export function act<Kind extends ActKind>(viewer: Viewer, asked: Asked<Kind>): Promise<Outcome> {
  return refusedByLastAdmin(inTransaction((tx) => actWithin(tx, viewer, asked)));
}

/** The same as part of a transaction, which the caller gives up where it is refused; people are locked here, first of all. */
export async function actWithin<Kind extends ActKind>(
  tx: Transaction,
  viewer: Viewer,
  { kind, target, input, facts, caseId, proposerId }: Asked<Kind>,
): Promise<Outcome> {
  const { user, moderator, ...people } = await lockPeople(tx, viewer, await findConcerned(tx, target), proposerId);
  const thing = await lockThing(tx, target);
  const refusal = targetsOf(kind) === kindOfTarget(target) ? whyNot(kind, moderator, user) : wrongTarget;
  if (refusal) return { ...noRefusal, refusal };
  const unapproved = proposerId && whyNotApprove(kind, people.viewer, { proposerId, subject: user });
  if (unapproved) return { ...noRefusal, refusal: unapproved };
  const { approvals } = await findSiteSetting("moderation", tx);
  if (!proposerId && (needsSecondAdmin(moderator, user) || approvals.includes(kind))) {
    return { ...noRefusal, proposalId: await propose(tx, moderator.id, user.id, { kind, target, input, caseId }) };
  }
  if (kind === "ban" && user.banId) await expireBan(tx, user.banId);
  const stage: Stage<Kind> = { tx, moderator, user, thing, input };
  const performance = await performances[kind](stage);
  if ("refusal" in performance) return { ...noRefusal, refusal: { because: "state", text: performance.refusal } };
  const { effects, details, ...rest } = performance;
  const personal = proposerId ? { approvedBy: people.viewer.username } : {};
  const action = {
    kind,
    moderator,
    subject: user,
    reason: input.reason,
    ...("postId" in target && { postId: target.postId }),
    ...("commentId" in target && { commentId: target.commentId }),
    ...rest,
  };
  const actionId = await recordAction(tx, {
    ...action,
    details: {
      ...details,
      ...("rule" in input && input.rule && { rule: input.rule }),
      ...(caseId !== undefined && { caseId }),
      ...(proposerId && { personal: { ...personalOf(details), ...personal } }),
    },
  });
  for (const effect of effects) await layOnMany(tx, actionId, effect);
  if (kind === "role" || kind === "sessions") {
    await recordEvent(tx, kind === "role" ? "role-changed" : "sessions-ended", {
      actorId: moderator.id,
      userId: user.id,
      ...facts,
      details,
    });
  }
  await tellOutcomeOf(tx, actionId, action);
  if (lettingIntoSight.has(kind) && !("username" in target)) await tell(tx, await findUntold(tx, target));
  return { ...noRefusal, actionId };
}

const lettingIntoSight: ReadonlySet<ActKind> = new Set([
  "approve-post",
  "restore-post",
  "approve-comment",
  "restore-comment",
]);

const wrongTarget: Refusal = { because: "state", text: "That is not done to such a thing." };

function personalOf(details: object | undefined): object {
  return details && "personal" in details && typeof details.personal === "object" ? { ...details.personal } : {};
}

function targetsOf(kind: ActKind): "person" | "post" | "comment" {
  if (Object.hasOwn(actForms.person, kind)) return "person";
  return Object.hasOwn(actForms.post, kind) ? "post" : "comment";
}

function kindOfTarget(target: Target): "person" | "post" | "comment" {
  if ("username" in target) return "person";
  return "postId" in target ? "post" : "comment";
}
