import { data } from "react-router";
import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import type { Refusal } from "#app/moderation/policy.ts";
import { decidedBy, kindSql } from "#app/reports/queue/queue.server.ts";
import { reportedKinds, resolutionKinds } from "#app/reports/report.ts";
import { select, type Transaction } from "#app/server/database.server.ts";
import { avatarUrl, notGone, outranks, roles } from "#app/users/user.ts";

/**
 * A resolution, and what decides whether it can be taken back. Within a transaction that holds its case, as it stays.
 * @throws a 404 response where there is none of a case that the viewer may decide about
 */
export async function findUndoable(
  { id, role }: Pick<Viewer, "id" | "role">,
  resolutionId: string,
  tx?: Transaction,
): Promise<Undoable> {
  const nowhere = data(null, { status: 404, statusText: "Not Found" });
  if (!z.uuid().safeParse(resolutionId).success) throw nowhere;
  const values = [resolutionId, id, role === "admin"];
  const [row] = tx
    ? undoableRows.parse(await tx.$queryRawUnsafe(undoableSql, ...values))
    : await select("undoable", undoableSql, values, undoableRow);
  if (!row) throw nowhere;
  const { subjectId, username, name, avatar, subjectRole, ...rest } = row;
  return {
    ...rest,
    subject: {
      id: subjectId,
      username,
      name,
      avatar: avatarUrl({ id: subjectId, avatar }),
      role: subjectRole,
    },
  };
}

/**
 * What forbids it to the viewer, or null. Where the same thing was reported anew since, and that case is open, it is
 * refused: to join the two, one of the reports of whoever reported it twice would have to go, and the notes, proposals
 * and the assignment of one of the cases. Nothing is lost by waiting: as soon as the other case is decided, this one
 * can be opened.
 */
export function whyNotUndo(
  {
    undoneAt,
    actionStands,
    reportedAgain,
    moderatorRole,
  }: Partial<Pick<Undoable, "undoneAt" | "actionStands" | "reportedAgain" | "moderatorRole">>,
  viewer: Pick<Viewer, "role">,
): Refusal | null {
  if (moderatorRole && outranks(moderatorRole, viewer.role)) {
    return { because: "authority", text: "Only an admin takes back what an admin decided." };
  }
  const state = (text: string): Refusal => ({ because: "state", text });
  if (undoneAt) return state("This is undone already.");
  if (actionStands) {
    return state("An act went with this decision, and it stands. Undo the act; then the case can be opened again.");
  }
  if (reportedAgain) {
    return state("The same was reported again since, and that case is open. Decide there, then this can be undone.");
  }
  return null;
}

const undoableSql = `
  select z.id::text, z.case_id as "caseId", z.kind, z.reason, z.created_at as "createdAt", z.undone_at as "undoneAt",
         z.moderator_id::text as "moderatorId", m.username as moderator, m.role::text as "moderatorRole",
         z.action_id::text as "actionId",
         z.action_id is not null
           and not exists (select from act_effects e where e.action_id = z.action_id and e.undone_at is not null) as "actionStands",
         ${kindSql} as about, c.post_id as "postId", c.comment_id as "commentId",
         s.id::text as "subjectId", s.username, s.name, s.avatar, s.role::text as "subjectRole",
         (select count(*)::int from reports r where r.case_id = c.id and r.reporter_id <> $2::uuid) as told,
         (select r.id::text from reports r where r.case_id = c.id order by r.created_at, r.id limit 1) as "reportId",
         again.id is not null as "reportedAgain",
         (select r.id::text from reports r where r.case_id = again.id order by r.created_at, r.id limit 1) as "againId"
    from resolutions z join moderation_cases c on c.id = z.case_id join users s on s.id = c.subject_id
    left join users m on m.id = z.moderator_id and ${notGone("m.username")}
    left join moderation_cases again
           on again.id <> c.id and again.resolution_id is null
          and (again.post_id = c.post_id or again.comment_id = c.comment_id or again.user_id = c.user_id)
   where z.id = $1::uuid and ${decidedBy({ id: "$2::uuid", isAdmin: "$3::boolean" }, "s")}`;

const undoableRow = z.object({
  id: z.string(),
  caseId: z.number(),
  kind: z.enum(resolutionKinds),
  reason: z.string(),
  createdAt: z.date(),
  undoneAt: z.date().nullable(),
  /** null where they have left */
  moderatorId: z.string().nullable(),
  moderator: z.string().nullable(),
  moderatorRole: z.enum(roles).nullable(),
  /** the act that went with it */
  actionId: z.string().nullable(),
  actionStands: z.boolean(),
  /** what the case is about */
  about: z.enum(reportedKinds),
  postId: z.number().nullable(),
  commentId: z.number().nullable(),
  subjectId: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  subjectRole: z.enum(roles),
  /** how many people will be told: whoever reported it, but for the viewer */
  told: z.number(),
  /** one of its reports, which its address names; null where none is left */
  reportId: z.string().nullable(),
  /** whether another case about the same thing is open */
  reportedAgain: z.boolean(),
  againId: z.string().nullable(),
});
const undoableRows = z.array(undoableRow);
type UndoableRow = z.infer<typeof undoableRow>;

export type Undoable = Omit<UndoableRow, "subjectId" | "username" | "name" | "avatar" | "subjectRole"> & {
  subject: { id: string; username: string; name: string; avatar: string; role: UndoableRow["subjectRole"] };
};

/** Which resolutions went with an act and still count, of cases that the viewer decides about: at most ten. */
export function listClosedBy(
  { id, role }: Pick<Viewer, "id" | "role">,
  actionId: string,
): Promise<z.infer<typeof closedRow>[]> {
  const text = `
    select z.id::text as "resolutionId", ${kindSql} as about, s.username
      from resolutions z join moderation_cases c on c.resolution_id = z.id join users s on s.id = c.subject_id
     where z.action_id = $1::uuid and ${decidedBy({ id: "$2::uuid", isAdmin: "$3::boolean" }, "s")}
     order by z.created_at, z.id limit 10`;
  return select("closed-by", text, [actionId, id, role === "admin"], closedRow);
}

const closedRow = z.object({ resolutionId: z.string(), about: z.enum(reportedKinds), username: z.string() });
