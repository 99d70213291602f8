import { data } from "react-router";
import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import { assertFactorOfStaff } from "#app/auth/staff-factor/due.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { actWithin } from "#app/moderation/act.server.ts";
import { actWords, formOf, isActKind } from "#app/moderation/moderation.ts";
import type { Refusal } from "#app/moderation/policy.ts";
import type { Target } from "#app/moderation/targets.server.ts";
import { tellReporters } from "#app/notifications/tell.server.ts";
import { resolutionWords } from "#app/reports/queue/case.ts";
import {
  type CaseAct,
  type Decision,
  type DecisionInput,
  isCaseAct,
  resolutionOf,
} from "#app/reports/queue/decision.ts";
import { decidedBy } from "#app/reports/queue/queue.server.ts";
import { type ResolutionKind, resolutionKinds } from "#app/reports/report.ts";
import { inTransaction, type Transaction } from "#app/server/database.server.ts";
import { isAtLeast, type Role, roles } from "#app/users/user.ts";

/** How some cases are to be closed. */
export interface Settlement {
  /** each case with what is decided about it */
  decisions: Map<number, Decision>;
  input: DecisionInput;
  facts: RequestFacts;
}

/** How it came out: refused as a whole, and then nothing was changed; or done. */
export type Settled =
  | { refusal: Refusal }
  | {
      refusal: null;
      closed: number[];
      /** cases that stay open, because their act waits for a second moderator */
      proposed: number[];
    };

/**
 * Closes cases with their acts, all of them or none: the acts, the resolutions, the records of whoever reported, and
 * what they are told. An act on a person is done once, however many of the cases are about them.
 * @throws a 404 response where one of them is not there for the viewer to decide
 */
export async function settleCases(viewer: Viewer, settlement: Settlement): Promise<Settled> {
  try {
    return await inTransaction((tx) => settleWithin(tx, viewer, settlement));
  } catch (error) {
    if (error instanceof GivenUp) return { refusal: error.refusal };
    throw error;
  }
}

/** Takes everything back that the transaction has done so far. */
class GivenUp extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.text);
    this.refusal = refusal;
  }
}

async function settleWithin(
  tx: Transaction,
  viewer: Viewer,
  { decisions, input, facts }: Settlement,
): Promise<Settled> {
  const ids = [...decisions.keys()];
  await lockPeopleOf(tx, viewer, ids);
  const cases = await lockCases(tx, viewer, ids);
  /** of each case to be closed, its act; of a case that waits for a second moderator nothing */
  const acts = new Map<number, string | null>();
  const proposed: number[] = [];
  const onPeople = new Map<string, { actionId: string | null }>();
  for (const each of cases) {
    const decision = decisions.get(each.id);
    if (!decision || !isCaseAct(decision)) {
      acts.set(each.id, null);
      continue;
    }
    const target = targetOf(decision, each);
    const before = "username" in target ? onPeople.get(each.subjectId) : undefined;
    const { actionId } = before ?? (await actOn(tx, viewer, { decision, target, input, facts, caseId: each.id }));
    if ("username" in target) onPeople.set(each.subjectId, { actionId });
    if (actionId) acts.set(each.id, actionId);
    else proposed.push(each.id);
  }
  const closed = [...acts.keys()];
  for (const kind of resolutionKinds) {
    const ofKind = closed.filter((id) => resolutionOf(decisions.get(id) ?? "noted") === kind);
    if (ofKind.length > 0) await close(tx, viewer, { kind, ids: ofKind, acts, input });
  }
  if (closed.length > 0) await tellReporters(tx, closed, viewer.id);
  return { refusal: null, closed, proposed };
}

/**
 * Whom the cases are about and who decides, all at once and in one order, as every act takes them.
 * @param reporters whether those who reported are held as well, so that none of them reports something meanwhile
 */
export async function lockPeopleOf(
  tx: Transaction,
  viewer: Viewer,
  ids: number[],
  { reporters = false } = {},
): Promise<{ id: string; username: string; role: Role }> {
  const people = peopleRows.parse(
    await tx.$queryRaw`
      select u.id::text, u.username, u.role::text from users u
       where u.id = ${viewer.id}::uuid
          or u.id in (select subject_id from moderation_cases where id = any(${ids}::int[]))
          or ${reporters} and u.id in (select reporter_id from reports where case_id = any(${ids}::int[]))
       order by u.id for no key update of u`,
  );
  await assertStillMay(tx, viewer);
  await assertFactorOfStaff(tx, viewer);
  const moderator = people.find(({ id }) => id === viewer.id);
  if (!moderator || !isAtLeast(moderator.role, "moderator")) throw nowhere();
  return moderator;
}

const peopleRows = z.array(z.object({ id: z.string(), username: z.string(), role: z.enum(roles) }));

/** The cases, which nobody else closes now. Refuses where somebody did. */
async function lockCases(tx: Transaction, viewer: Viewer, ids: number[]): Promise<LockedCase[]> {
  const cases = caseRows.parse(
    await tx.$queryRawUnsafe(
      `select c.id, c.post_id as "postId", c.comment_id as "commentId", s.id as "subjectId", s.username,
              c.resolution_id is not null as closed
         from moderation_cases c join users s on s.id = c.subject_id
        where c.id = any($1::int[])
          and ${decidedBy({ id: "$2::uuid", isAdmin: "exists (select from users v where v.id = $2::uuid and v.role = 'admin')" }, "s")}
        order by c.id for no key update of c`,
      ids,
      viewer.id,
    ),
  );
  if (cases.length < ids.length) throw nowhere();
  const closed = cases.find((each) => each.closed);
  if (closed) throw new GivenUp({ because: "state", text: await whoClosed(tx, closed.id) });
  return cases;
}

const caseRows = z.array(
  z.object({
    id: z.number(),
    postId: z.number().nullable(),
    commentId: z.number().nullable(),
    subjectId: z.string(),
    username: z.string(),
    closed: z.boolean(),
  }),
);
type LockedCase = z.infer<typeof caseRows>[number];

/** "@omar has closed this case: removed a post of theirs." */
async function whoClosed(tx: Transaction, caseId: number): Promise<string> {
  const [row] = closedRows.parse(
    await tx.$queryRaw`
      select z.kind, u.username, m.kind as act
        from moderation_cases c join resolutions z on z.id = c.resolution_id
        left join users u on u.id = z.moderator_id left join moderation_actions m on m.id = z.action_id
       where c.id = ${caseId}`,
  );
  const who = row?.username ? `@${row.username}` : "Somebody";
  const what = row?.act && isActKind(row.act) ? `they ${actWords[row.act].did}` : resolutionWords[row?.kind ?? "noted"];
  return `${who} has closed this case: ${what}.`;
}

const closedRows = z.array(
  z.object({ kind: z.enum(resolutionKinds), username: z.string().nullable(), act: z.string().nullable() }),
);

function targetOf(decision: CaseAct, { postId, commentId, username }: LockedCase): Target {
  if (decision === "remove-post" || decision === "lock-post") return { postId: postId ?? 0 };
  return decision === "remove-comment" ? { commentId: commentId ?? 0 } : { username };
}

interface ActOfCase {
  decision: CaseAct;
  target: Target;
  input: DecisionInput;
  facts: RequestFacts;
  caseId: number;
}

/** Without an action it was proposed to a second moderator. */
async function actOn(
  tx: Transaction,
  viewer: Viewer,
  { decision, target, input, facts, caseId }: ActOfCase,
): Promise<{ actionId: string | null }> {
  const { wordsToSubject, reason } = input;
  const form = formOf(decision).parse({ ...input, reason: wordsToSubject || reason });
  const { refusal, actionId } = await actWithin(tx, viewer, { kind: decision, target, input: form, facts, caseId });
  if (refusal) throw new GivenUp(refusal);
  return { actionId };
}

async function close(
  tx: Transaction,
  viewer: Viewer,
  {
    kind,
    ids,
    acts,
    input,
  }: { kind: ResolutionKind; ids: number[]; acts: Map<number, string | null>; input: DecisionInput },
): Promise<void> {
  const actionIds = ids.map((id) => acts.get(id) ?? null);
  const { reason, wordsToReporters, wordsToSubject } = input;
  await tx.$executeRaw`
    with closing as (
      insert into resolutions (id, case_id, kind, reason, words_to_reporters, words_to_subject, action_id, moderator_id)
      select gen_random_uuid(), d.case_id, ${kind}, ${reason}, ${wordsToReporters}, ${wordsToSubject}, d.action_id,
             ${viewer.id}::uuid
        from unnest(${ids}::int[], ${actionIds}::uuid[]) d (case_id, action_id)
      returning id, case_id)
    update moderation_cases c set resolution_id = closing.id from closing where c.id = closing.case_id`;
  if (kind === "noted") return;
  const [upheld, dismissed] = kind === "acted" ? [1, 0] : [0, 1];
  // Who decides gets nothing for agreeing with themselves.
  await tx.$executeRaw`
    insert into reporter_records (user_id, upheld, dismissed)
    select r.reporter_id, count(*)::int * ${upheld}::int, count(*)::int * ${dismissed}::int from reports r
     where r.case_id = any(${ids}::int[]) and r.reporter_id is not null and r.reporter_id <> ${viewer.id}::uuid
     group by r.reporter_id order by r.reporter_id
    on conflict (user_id) do update set upheld = reporter_records.upheld + excluded.upheld,
                                        dismissed = reporter_records.dismissed + excluded.dismissed`;
}

function nowhere() {
  return data(null, { status: 404, statusText: "Not Found" });
}
