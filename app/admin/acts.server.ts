import { z } from "zod";
import { type ActSpan, actsAtOnce } from "#app/admin/act-span.ts";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { ModerationAction } from "#app/moderation/moderation.ts";
import { actionColumns, actionRow } from "#app/moderation/moderation-log.server.ts";
import { noRefusal, type Outcome } from "#app/moderation/outcome.server.ts";
import { undoActs } from "#app/moderation/undo.server.ts";
import { select } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";

const pageSize = 50;

/** An act of somebody's with whom it was done to. */
export type ActLine = ModerationAction & { subjectUsername: string };

/** What a moderator did, the latest first, within a span of time; keyset by (created_at, id). */
export async function listActsOf(
  moderatorId: string,
  { from, to }: ActSpan,
  after: Cursor | null,
): Promise<{ acts: ActLine[]; next: string | null }> {
  const values = [moderatorId, from, to, pageSize + 1, ...(after ? [after.at, after.id] : [])];
  const rows = await select(`acts-of${after ? "-after" : ""}`, actsSql(after !== null), values, actLine);
  const acts = rows.slice(0, pageSize);
  const last = acts.at(-1);
  return {
    acts,
    next: rows.length > pageSize && last ? formatCursor({ at: new Date(last.createdAt), id: last.id }) : null,
  };
}

const actsSql = (paged: boolean) => `
  select ${actionColumns}, coalesce(m.subject_username, '') as "subjectUsername"
    from moderation_actions m
   where m.moderator_id = $1::uuid and m.created_at >= coalesce($2::timestamptz, '-infinity')
     and m.created_at <= coalesce($3::timestamptz, 'infinity')
     ${paged ? "and (m.created_at, m.id) < ($5::timestamptz, $6::uuid)" : ""}
   order by m.created_at desc, m.id desc limit $4`;

const actLine = actionRow.extend({ subjectUsername: z.string() });

/**
 * The acts of a moderator in a span of time that an undo takes out, the latest first; one more than `actsAtOnce` where
 * there are more. Those that stand, and those that only stand not because of an undo that is taken out with them.
 */
export async function findActsToUndo(moderatorId: string, { from, to }: ActSpan): Promise<string[]> {
  const rows = await select("acts-to-undo", toUndoSql, [moderatorId, from, to, actsAtOnce * 2], toUndoRow);
  const chosen = new Set<string>();
  for (const { id, standing, undoneBy } of rows) if (standing || (undoneBy && chosen.has(undoneBy))) chosen.add(id);
  return [...chosen].slice(0, actsAtOnce + 1);
}

const toUndoSql = `
  select m.id::text, bool_and(e.undone_at is null) as standing,
         (select u.id::text from moderation_actions u
           where u.reverses_id = m.id and u.kind = 'undo' order by u.created_at desc limit 1) as "undoneBy"
    from moderation_actions m join act_effects e on e.action_id = m.id
   where m.moderator_id = $1::uuid and m.created_at >= coalesce($2::timestamptz, '-infinity')
     and m.created_at <= coalesce($3::timestamptz, 'infinity')
   group by m.id, m.created_at order by m.created_at desc, m.id desc limit $4`;

const toUndoRow = z.object({ id: z.string(), standing: z.boolean(), undoneBy: z.string().nullable() });

/**
 * Undoes what a moderator did in a span of time: all of it, or nothing. What is undone is what was previewed: where
 * the acts of the span are others by now, it is refused.
 */
export async function undoSpan(
  viewer: Viewer,
  moderatorId: string,
  { span, seen, reason, facts }: { span: ActSpan; seen: string; reason: string; facts: RequestFacts },
): Promise<Outcome> {
  const ids = await findActsToUndo(moderatorId, span);
  const state = (text: string): Outcome => ({ ...noRefusal, refusal: { because: "state", text } });
  if (ids.length === 0) return state("There is nothing to undo in that time.");
  if (ids.length > actsAtOnce) return state(`That is more than ${actsAtOnce} acts. Choose a shorter time.`);
  if (ids.join(" ") !== seen) return state("Something has changed since you looked. Look again, then undo.");
  return undoActs(viewer, ids, { reason, facts });
}
