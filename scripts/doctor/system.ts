import { z } from "zod";
import { findMigrationProblems } from "../migrations.ts";
import { type Check, listed, type Query } from "./check.ts";

/** What holds the rest up: settings, migrations, guards, indexes, jobs. */
export const systemChecks: Check[] = [
  {
    id: "settings",
    says: "The settings are sound",
    advice: "See .env.example.",
    look: async ({ settingsProblems }) => listed(null, settingsProblems),
  },
  {
    id: "migrations",
    says: "The database is at the version of this Stoa",
    advice: "npm run db:migrate applies what is missing; what was changed or is unknown belongs to another version.",
    async look({ query }) {
      const { applied, problems } = await findMigrationProblems(query);
      return listed(applied, problems);
    },
  },
  {
    id: "guards",
    says: "Every trigger and constraint of the database is on",
    advice: "alter table … enable trigger all; a guard that is missing is in prisma/migrations.",
    async look({ query }) {
      const found = textRows.parse(await query(guardsSql, [guards]));
      return listed(
        found[0]?.count ?? null,
        found.flatMap(({ text }) => text ?? []),
      );
    },
  },
  {
    id: "indexes",
    says: "Every index is complete",
    advice: "reindex index concurrently …",
    async look({ query }) {
      const found = textRows.parse(await query(indexesSql));
      return listed(
        found[0]?.count ?? null,
        found.flatMap(({ text }) => text ?? []),
      );
    },
  },
  {
    id: "replicas",
    says: "Replicas keep up",
    advice: "See the replica's log.",
    look: async () => listed(null, [], "none configured"),
  },
  {
    id: "failed-jobs",
    says: "No job has failed for good",
    advice: "The site's log says why; the next one of its kind may succeed, a mail is lost.",
    look: async ({ query }) => lookAtJobs(query, "state = 'failed'"),
  },
  {
    id: "waiting-jobs",
    says: "No job or mail waits for long",
    advice: "Is the site running? Mails wait while SMTP_URL is not set or its server is away.",
    look: async ({ query }) =>
      lookAtJobs(query, "state in ('created', 'retry', 'active') and created_on < now() - interval '15 minutes'"),
  },
];

/** Without these the site would not notice what they refuse. */
const guards = [
  "audit_events_append_only",
  "audit_events_commit",
  "audit_events_erasing",
  "impersonations_ended",
  "moderation_actions_append_only",
  "moderation_actions_commit",
  "moderation_actions_erasing",
  "register_seals_append_only",
  "sessions_end_impersonations",
  "sessions_end_impersonations_with_them",
  "sessions_of_banned",
  "users_end_impersonations",
  "users_keep_an_admin",
  "users_keep_primary_address",
  "users_supersede_acts",
];

const guardsSql = `
  with ours as (
    select t.* from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'public'::regnamespace
  ), problems as (
    select tgrelid::regclass || '.' || tgname || ' is off' as text from ours where tgenabled not in ('O', 'A')
    union all
    select name || ' is missing' from unnest($1::text[]) name where not exists (select from ours where tgname = name)
    union all
    select conrelid::regclass || '.' || conname || ' was never validated' from pg_constraint
     where not convalidated and connamespace = 'public'::regnamespace
  )
  select (select count(*)::int from ours) as count, text from (select null) always left join problems on true order by text`;

const indexesSql = `
  with ours as (
    select i.*, c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace in (select oid from pg_namespace where nspname in ('public', 'pgboss'))
  )
  select (select count(*)::int from ours) as count, relname::text as text
    from (select null) always left join ours on not (indisvalid and indisready and indislive) order by relname`;

const textRows = z.array(z.object({ count: z.number(), text: z.string().nullable() }));

async function lookAtJobs(query: Query, condition: string) {
  const [there] = existsRows.parse(await query("select to_regclass('pgboss.job') is not null as exists"));
  if (!there?.exists) return listed(0, [], "the site has never run on this database");
  const rows = jobRows.parse(
    await query(
      `select name, count(*)::int as count, count(*) filter (where ${condition})::int as broken,
              to_char(min(created_on) filter (where ${condition}) at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as oldest
         from pgboss.job group by name order by name`,
    ),
  );
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const bad = rows.filter(({ broken }) => broken > 0);
  return {
    of: total,
    broken: bad.reduce((sum, { broken }) => sum + broken, 0),
    first: bad.map(({ name, broken, oldest }) => `${broken} ${name}, the oldest of ${oldest} UTC`),
  };
}

const existsRows = z.array(z.object({ exists: z.boolean() }));
const jobRows = z.array(
  z.object({ name: z.string(), count: z.number(), broken: z.number(), oldest: z.string().nullable() }),
);
