import { z } from "zod";
import { type AspectName, aspectOf, isMark, type Mark } from "#app/moderation/aspects.server.ts";
import type { Transaction } from "#app/server/database.server.ts";

/** What an act lays over one column of some things. */
export interface Effect {
  aspect: AspectName | Mark;
  /** ids of the things */
  subjects: string[];
  /** the value, as PostgreSQL writes it; null: none */
  after: string | null;
}

/**
 * Lays an act's effects over what is there. Part of the act's transaction, which has locked the people whom it
 * concerns; the things themselves are locked here, in the order of their ids.
 * @returns how many things have the new value
 */
export async function lay(tx: Transaction, actionId: string, { aspect, subjects, after }: Effect): Promise<number> {
  if (isMark(aspect)) {
    return tx.$executeRaw`
      insert into act_effects (action_id, aspect, subject, after)
      select ${actionId}::uuid, ${aspect}, s, ${after} from unnest(${subjects}::text[]) s`;
  }
  const { table, id, column, type, also, follow } = aspectOf(aspect);
  await beginActing(tx);
  const laid = await tx.$executeRawUnsafe(
    `with things as materialized (
       select id, ${column}::text as before from ${table} where id = any($3::${id}[]) order by id for no key update
     ), laid as (
       insert into act_effects (action_id, aspect, subject, before, after)
       select $1::uuid, $2, id::text, before, $4 from things order by id
     )
     update ${table} t set ${assignment(column, type, "$4", also)} from things where t.id = things.id`,
    actionId,
    aspect,
    subjects,
    after,
  );
  await follow?.(tx, subjects);
  await endActing(tx);
  return laid;
}

/** Which effects of an act there are; each once, the last first. */
export async function aspectsOfAct(tx: Transaction, actionId: string): Promise<EffectGroup[]> {
  return groupRows.parse(
    await tx.$queryRaw`
      select aspect, array_agg(subject order by id) as subjects, bool_and(undone_at is null) as standing
        from act_effects where action_id = ${actionId}::uuid group by aspect order by max(id) desc`,
  );
}

const groupRows = z.array(z.object({ aspect: z.string(), subjects: z.array(z.string()), standing: z.boolean() }));
export type EffectGroup = z.infer<typeof groupRows>[number];

/**
 * Takes effects of an act out from among the others: what lies over them lies on what was beneath them afterwards,
 * and where nothing lies over them, that comes back. Where the person has changed the column since, nothing shows.
 */
export async function takeOut(
  tx: Transaction,
  actionId: string,
  { aspect, subjects }: Pick<EffectGroup, "aspect" | "subjects">,
): Promise<void> {
  if (isMark(aspect)) return mark(tx, actionId, aspect, false);
  const { table, id, column, type, also, follow } = aspectOf(aspect);
  await beginActing(tx);
  await tx.$executeRawUnsafe(
    `with mine as materialized (${effectsSql("undone_at is null")}),
     spliced as (
       update act_effects n set before = m.before from mine m where n.id = m.next_id and m.superseded_at is null
     ), off as (
       update act_effects e set undone_at = now() from mine m where e.id = m.id
     )
     update ${table} t set ${assignment(column, type, "m.before", also)}
       from mine m where t.id = m.subject::${id} and m.next_id is null and m.superseded_at is null`,
    actionId,
    aspect,
    subjects,
  );
  await follow?.(tx, subjects);
  await endActing(tx);
}

/** Puts effects that were taken out back to their place among the others. */
export async function putBack(
  tx: Transaction,
  actionId: string,
  { aspect, subjects }: Pick<EffectGroup, "aspect" | "subjects">,
): Promise<void> {
  if (isMark(aspect)) return mark(tx, actionId, aspect, true);
  const { table, id, column, type, also, follow } = aspectOf(aspect);
  await beginActing(tx);
  await tx.$executeRawUnsafe(
    `with mine as materialized (${effectsSql("undone_at is not null")}),
     beneath as (
       select m.id, case when m.next_id is null then t.${column}::text else n.before end as before
         from mine m left join act_effects n on n.id = m.next_id left join ${table} t on t.id = m.subject::${id}
     ), spliced as (
       update act_effects n set before = m.after from mine m where n.id = m.next_id and m.superseded_at is null
     ), back as (
       update act_effects e set undone_at = null,
              before = case when e.superseded_at is null then b.before else e.before end
         from beneath b where e.id = b.id
     )
     update ${table} t set ${assignment(column, type, "m.after", also)}
       from mine m where t.id = m.subject::${id} and m.next_id is null and m.superseded_at is null`,
    actionId,
    aspect,
    subjects,
  );
  await follow?.(tx, subjects);
  await endActing(tx);
}

/** An act's effects on one aspect, each with the next one that stands over it. */
function effectsSql(condition: string): string {
  return `
    select e.id, e.subject, e.before, e.after, e.superseded_at,
           (select n.id from act_effects n
             where n.aspect = e.aspect and n.subject = e.subject and n.id > e.id and n.undone_at is null
             order by n.id limit 1) as next_id
      from act_effects e
     where e.action_id = $1::uuid and e.aspect = $2 and e.subject = any($3::text[]) and e.${condition}`;
}

function assignment(column: string, type: string, value: string, also?: string): string {
  const cast = `(${value})::${type}`;
  return [`${column} = ${cast}`, ...(also ? [also.replaceAll("$new", () => value)] : [])].join(", ");
}

async function mark(tx: Transaction, actionId: string, aspect: Mark, standing: boolean): Promise<void> {
  await tx.$executeRaw`
    update act_effects set undone_at = case when ${standing} then null else now() end
     where action_id = ${actionId}::uuid and aspect = ${aspect}`;
}

/** From here to `endActing`, no change of a profile counts as its person's own, which would lie over every act. */
export async function beginActing(tx: Transaction): Promise<void> {
  await tx.$executeRaw`select set_config('stoa.act', 'on', true)`;
}

export async function endActing(tx: Transaction): Promise<void> {
  await tx.$executeRaw`select set_config('stoa.act', '', true)`;
}

/** Somebody has saved these columns themselves, also where they are as an act had left them: no act beneath comes back. */
export async function supersede(tx: Transaction, userId: string, saved: readonly AspectName[]): Promise<void> {
  await tx.$executeRaw`
    update act_effects set superseded_at = now()
     where subject = ${userId} and aspect = any(${saved}::text[]) and superseded_at is null`;
}
