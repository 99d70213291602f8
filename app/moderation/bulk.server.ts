import { z } from "zod";
import { isMark } from "#app/moderation/aspects.server.ts";
import { type Effect, lay, putBack, takeOut } from "#app/moderation/effects.server.ts";
import { inTransaction, type Transaction } from "#app/server/database.server.ts";
import { enqueue } from "#app/server/jobs.server.ts";

/** So many things are changed in one transaction; what concerns more is done by a job in steps of this size. */
export const stepSize = 200;

type Direction = "do" | "undo" | "redo";

/** Lays an effect at once, or leaves it to a job where it is on many things. */
export async function layOnMany(tx: Transaction, actionId: string, effect: Effect): Promise<void> {
  if (effect.subjects.length <= stepSize) {
    await lockAuthors(tx, effect.aspect, effect.subjects);
    await lay(tx, actionId, effect);
  } else await beginBulk(tx, actionId, "do", effect);
}

/** Takes effects out (`standing` false) or puts them back, at once or by a job. */
export async function setStandingOfMany(
  tx: Transaction,
  actionId: string,
  group: { aspect: string; subjects: string[] },
  standing: boolean,
): Promise<void> {
  if (group.subjects.length > stepSize) {
    await beginBulk(tx, actionId, standing ? "redo" : "undo", { ...group, after: null });
    return;
  }
  await lockAuthors(tx, group.aspect, group.subjects);
  if (standing) await putBack(tx, actionId, group);
  else await takeOut(tx, actionId, group);
}

async function beginBulk(
  tx: Transaction,
  actionId: string,
  direction: Direction,
  { aspect, subjects, after }: { aspect: string; subjects: string[]; after: string | null },
): Promise<void> {
  if (isMark(aspect)) throw new Error("A mark is on one thing");
  const { id } = await tx.bulkAct.create({
    data: { actionId, direction, aspect, subjects, after },
    select: { id: true },
  });
  await enqueue(tx, "act-in-bulk", { bulkId: id });
}

/**
 * Does the next steps of an act on many things until it is done or stopped. Each step is a transaction that counts
 * itself, so that whoever goes on after a kill goes on where it was; two at once take turns.
 */
export async function continueBulk(bulkId: string): Promise<void> {
  for (;;) {
    const goesOn = await inTransaction((tx) => stepOfBulk(tx, bulkId));
    if (!goesOn) return;
  }
}

async function stepOfBulk(tx: Transaction, bulkId: string): Promise<boolean> {
  const [bulk] = bulkRows.parse(
    await tx.$queryRaw`
      select action_id::text as "actionId", direction, aspect, after, done, cardinality(subjects) as total,
             subjects[done + 1 : done + ${stepSize}] as step
        from bulk_acts where id = ${bulkId}::uuid and ended_at is null and stopped_at is null for no key update`,
  );
  if (!bulk) return false;
  const { actionId, aspect, step, after } = bulk;
  await lockAuthors(tx, aspect, step);
  // The log's aspects are known: a bulk act is only ever begun with one.
  if (bulk.direction === "do") await lay(tx, actionId, { aspect: aspect as Effect["aspect"], subjects: step, after });
  else if (bulk.direction === "undo") await takeOut(tx, actionId, { aspect, subjects: step });
  else await putBack(tx, actionId, { aspect, subjects: step });
  const done = bulk.done + step.length;
  await tx.bulkAct.update({
    where: { id: bulkId },
    data: { done, ...(done >= bulk.total && { endedAt: new Date() }) },
    select: { id: true },
  });
  return done < bulk.total;
}

/** Counters stand on the author's row: it is taken before what they wrote, as by everybody who writes. */
async function lockAuthors(tx: Transaction, aspect: string, ids: string[]): Promise<void> {
  const things = aspect.startsWith("post.") ? "posts" : aspect.startsWith("comment.") ? "comments" : null;
  if (!things) return;
  await tx.$executeRawUnsafe(
    `select 1 from users where id in (select author_id from ${things} where id = any($1::int[])) order by id for no key update`,
    ids,
  );
}

/** Stops an act on many things, or lets it go on. Returns false where it has ended. */
export async function setStopped(tx: Transaction, bulkId: string, stopped: boolean): Promise<boolean> {
  const { count } = await tx.bulkAct.updateMany({
    where: { id: bulkId, endedAt: null },
    data: { stoppedAt: stopped ? new Date() : null },
  });
  if (count === 1 && !stopped) await enqueue(tx, "act-in-bulk", { bulkId });
  return count === 1;
}

/** Ends what a job has not done yet of an act: it is about to be undone. Waits for the step that is under way. */
export async function endBulksOf(tx: Transaction, actionId: string): Promise<void> {
  await tx.$executeRaw`
    update bulk_acts set ended_at = now(), updated_at = now()
     where action_id = ${actionId}::uuid and ended_at is null`;
}

const bulkRows = z.array(
  z.object({
    actionId: z.string(),
    direction: z.enum(["do", "undo", "redo"]),
    aspect: z.string(),
    after: z.string().nullable(),
    done: z.number(),
    total: z.number(),
    step: z.array(z.string()),
  }),
);
