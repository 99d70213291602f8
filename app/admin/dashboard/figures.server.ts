import { z } from "zod";
import { type DayFigures, type Health, plottedDays, type Waiting } from "#app/admin/dashboard/figures.ts";
import { limitPoints } from "#app/middleware/rate-limit.ts";
import { db, select } from "#app/server/database.server.ts";

/**
 * Counts today and yesterday, and whatever day of the plots nobody has counted yet; run by the clock. Safe to run
 * twice, or at once. Who was active is known of today only: a session notes its last use.
 */
export async function countDays(): Promise<void> {
  await db.$executeRawUnsafe(countSql);
}

const countSql = `
  with days as (
    select day::date as day, day at time zone 'UTC' as begins, (day + interval '1 day') at time zone 'UTC' as ends
      from generate_series(date_trunc('day', now() at time zone 'UTC') - interval '${plottedDays - 1} days',
                           date_trunc('day', now() at time zone 'UTC'), interval '1 day') day
  ), today as (
    select (now() at time zone 'UTC')::date as day
  )
  insert into daily_figures (day, sign_ups, active_people, posts, comments, reports)
  select d.day,
         (select count(*) from users u where u.created_at >= d.begins and u.created_at < d.ends),
         case when d.day = t.day then
           (select count(distinct s.user_id) from sessions s where s.updated_at >= d.begins) end,
         (select count(*) from posts p where p.status = 'published' and p.deleted_at is null and p.removed_at is null
             and p.published_at >= d.begins and p.published_at < d.ends),
         (select count(*) from comments c where c.deleted_at is null and c.removed_at is null
             and c.created_at >= d.begins and c.created_at < d.ends),
         (select count(*) from reports r where r.created_at >= d.begins and r.created_at < d.ends)
    from days d cross join today t
   where d.day >= t.day - 1 or not exists (select from daily_figures f where f.day = d.day)
   order by d.day
  on conflict (day) do update
     set sign_ups = excluded.sign_ups, posts = excluded.posts, comments = excluded.comments,
         reports = excluded.reports, counted_at = now(),
         active_people = greatest(daily_figures.active_people, excluded.active_people)`;

/** The days of the plots, the first one first, each there; and when they were counted. */
export async function findDays(): Promise<{ days: DayFigures[]; countedAt: string | null }> {
  const rows = await select("daily-figures", daysSql, [], dayRow);
  const countedAt = rows.at(-1)?.countedAt?.toISOString() ?? null;
  return { days: rows.map(({ countedAt: _, ...day }) => day), countedAt };
}

const daysSql = `
  select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(f.sign_ups, 0) as "signUps", f.active_people as "activePeople",
         coalesce(f.posts, 0) as posts, coalesce(f.comments, 0) as comments, coalesce(f.reports, 0) as reports,
         f.counted_at as "countedAt"
    from generate_series((now() at time zone 'UTC')::date - ${plottedDays - 1}, (now() at time zone 'UTC')::date, '1 day') d (day)
    left join daily_figures f on f.day = d.day::date
   order by d.day`;

const dayRow = z.object({
  day: z.string(),
  signUps: z.number(),
  activePeople: z.number().nullable(),
  posts: z.number(),
  comments: z.number(),
  reports: z.number(),
  countedAt: z.date().nullable(),
});

/** What waits for moderators, by the indexes of what waits. */
export async function findWaiting(): Promise<Waiting> {
  const [row] = await select("dashboard-waiting", waitingSql, [], waitingRow);
  if (!row) throw new Error("A count without a row");
  return { ...row, oldestCaseAt: row.oldestCaseAt?.toISOString() ?? null };
}

const waitingSql = `
  select count(*)::int as cases, min(opened_at) as "oldestCaseAt",
         ((select count(*) from posts where held_at is not null and deleted_at is null) +
          (select count(*) from comments where held_at is not null and deleted_at is null))::int as held,
         (select count(*)::int from act_proposals where decided_at is null and expires_at > now()) as proposals,
         (select count(*)::int from appeals where decided_at is null) as appeals
    from moderation_cases where resolution_id is null`;

const waitingRow = z.object({
  cases: z.number(),
  oldestCaseAt: z.date().nullable(),
  held: z.number(),
  proposals: z.number(),
  appeals: z.number(),
});

export async function findHealth(): Promise<Health> {
  const points = limitPoints();
  const [queues, [storage], limits] = await Promise.all([
    select("job-queues", queuesSql, [], queueRow),
    select("storage", storageSql, [], storageRow),
    select("limits-reached", limitsSql, [points.map(({ name }) => name), points.map((each) => each.points)], limitRow),
  ]);
  if (!storage) throw new Error("A count without a row");
  return {
    queues: queues.map(({ oldestWaitingAt, ...queue }) => ({
      ...queue,
      oldestWaitingAt: oldestWaitingAt?.toISOString() ?? null,
    })),
    ...storage,
    limits,
  };
}

const queuesSql = `
  select q.name, count(j.*) filter (where j.state in ('created', 'retry') and j.start_after <= now())::int as waiting,
         count(j.*) filter (where j.state = 'active')::int as active,
         count(j.*) filter (where j.state = 'failed')::int as failed,
         min(j.created_on) filter (where j.state in ('created', 'retry') and j.start_after <= now()) as "oldestWaitingAt"
    from pgboss.queue q left join pgboss.job j
      on j.name = q.name and j.state in ('created', 'retry', 'active', 'failed')
   where q.name not like '\\_\\_%'
   group by q.name order by q.name`;

const queueRow = z.object({
  name: z.string(),
  waiting: z.number(),
  active: z.number(),
  failed: z.number(),
  oldestWaitingAt: z.date().nullable(),
});

const storageSql = `
  select coalesce(sum(bytes), 0)::float8 as "uploadBytes", count(*)::int as "uploadCount",
         pg_database_size(current_database())::float8 as "databaseBytes" from uploads`;

const storageRow = z.object({ uploadBytes: z.number(), uploadCount: z.number(), databaseBytes: z.number() });

const limitsSql = `
  select l.name, count(*)::int as count
    from rate_limits r join unnest($1::text[], $2::int[]) l (name, points) on l.name = split_part(r.key, ':', 1)
   where r.expire > extract(epoch from now()) * 1000 and r.points >= l.points
   group by l.name order by 2 desc, 1`;

const limitRow = z.object({ name: z.string(), count: z.number() });
