import { z } from "zod";
import type { Undoable } from "#app/reports/queue/undoable.server.ts";
import { type Record, weightOf } from "#app/reports/weight.server.ts";
import type { Transaction } from "#app/server/database.server.ts";

/**
 * Takes a resolution off the records of whoever reported, as it was counted when it closed its case, and weighs anew
 * what they have reported since: as if it had never been. In a transaction that holds these people and the cases of
 * what they reported since.
 */
export async function takeOffRecords(tx: Transaction, resolution: Undoable): Promise<void> {
  const { kind, caseId, moderatorId } = resolution;
  if (kind === "noted") return;
  const counted = kind === "acted" ? { upheld: 1, dismissed: 0 } : { upheld: 0, dismissed: 1 };
  await tx.$executeRaw`
    update reporter_records o
       set upheld = greatest(o.upheld - ${counted.upheld}::int, 0), dismissed = greatest(o.dismissed - ${counted.dismissed}::int, 0)
      from reports r
     where r.case_id = ${caseId} and r.reporter_id = o.user_id and r.reporter_id is distinct from ${moderatorId}::uuid`;
  await tx.$executeRaw`
    delete from reporter_records o using reports r
     where r.case_id = ${caseId} and r.reporter_id = o.user_id and o.upheld = 0 and o.dismissed = 0`;
  const since = await findSince(tx, resolution);
  if (since.length === 0) return;
  const factors = since.map(({ upheld, dismissed }) => {
    const without = { upheld, dismissed };
    return weightOf(without) / weightOf(sum(without, counted));
  });
  await tx.$executeRaw`
    update reports r set weight = r.weight * f.factor
      from unnest(${since.map(({ id }) => id)}::uuid[], ${factors}::float8[]) f (id, factor) where r.id = f.id`;
  // In the order in which they came, so that the sum is the same number to its last digit.
  await tx.$executeRaw`
    update moderation_cases c
       set weight = (select sum(r.weight order by r.created_at, r.id) from reports r where r.case_id = c.id)
     where c.id = any(${[...new Set(since.map((report) => report.caseId))]}::int[])`;
}

function sum(one: Record, other: Record): Record {
  return { upheld: one.upheld + other.upheld, dismissed: one.dismissed + other.dismissed };
}

/**
 * What the reporters have reported since the resolution, each with what their record was then but for it: the record
 * of now without what was counted after that report.
 */
async function findSince(tx: Transaction, { caseId, moderatorId, createdAt }: Undoable) {
  return sinceRows.parse(
    await tx.$queryRaw`
      select later.id::text, later.case_id as "caseId",
             coalesce(o.upheld, 0) - coalesce(after.upheld, 0) as upheld,
             coalesce(o.dismissed, 0) - coalesce(after.dismissed, 0) as dismissed
        from reports r
        join reports later on later.reporter_id = r.reporter_id and later.created_at > ${createdAt}
                          and later.case_id <> r.case_id
        left join reporter_records o on o.user_id = r.reporter_id
        left join lateral (
          select count(*) filter (where z.kind = 'acted')::int as upheld,
                 count(*) filter (where z.kind = 'dismissed')::int as dismissed
            from reports own join resolutions z on z.case_id = own.case_id
           where own.reporter_id = r.reporter_id and z.undone_at is null and z.created_at > later.created_at
             and z.moderator_id is distinct from own.reporter_id) after on true
       where r.case_id = ${caseId} and r.reporter_id is distinct from ${moderatorId}::uuid`,
  );
}

const sinceRows = z.array(z.object({ id: z.string(), caseId: z.number(), upheld: z.number(), dismissed: z.number() }));
