import { z } from "zod";
import { type Dossier, mostHinted } from "#app/admin/dossier.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { noteRows, notesSql } from "#app/mod-notes/notes.server.ts";
import { seesEmails } from "#app/moderation/policy.ts";
import { select } from "#app/server/database.server.ts";

/** Notes on the page of one person; all of them stand on the notes' own page. */
const latestNotes = 5;

/** Ways in, hints, reports and notes of one person, in one statement. Moderators get neither ways in nor hints. */
export async function findDossier(viewer: Viewer, userId: string): Promise<Dossier> {
  const admin = seesEmails(viewer);
  const [row] = await select(`dossier-${admin ? "admin" : "moderator"}`, dossierSql(admin), [userId], dossierRow);
  if (!row) throw new Error("A person without a row");
  return row;
}

const dossierSql = (admin: boolean) => `
  select ${admin ? `(${waysInSql})` : "null::jsonb"} as "waysIn", ${admin ? `(${hintsSql})` : "null::jsonb"} as hints,
         (${reportsSql}) as reports, (${notesSql(latestNotes)}) as notes`;

const waysInSql = `
  select jsonb_build_object(
    'password', exists (select from accounts a where a.user_id = $1::uuid and a.password is not null),
    'passkeys', (select count(*) from passkeys k where k.user_id = $1::uuid),
    'providers', (select coalesce(jsonb_agg(a.provider_id order by a.provider_id), '[]') from accounts a
                   where a.user_id = $1::uuid and a.provider_id <> 'credential'),
    'provedAddresses', (select count(*) from email_addresses e
                         where e.user_id = $1::uuid and e.verified_at is not null),
    'secondFactorSince', (select to_char(t.confirmed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
                            from two_factors t where t.user_id = $1::uuid and t.confirmed_at is not null),
    'trustedBrowsers', (select count(*) from trusted_devices d where d.user_id = $1::uuid and d.expires_at > now()))`;

/** Through sessions_by_network, each network up to a bound: behind one address there may be a whole town. */
const hintsSql = `
  with mine as (
    select distinct network_of(ip_address) as network from sessions
     where user_id = $1::uuid and ip_address is not null and expires_at > now() limit 10
  ), others as (
    select s.user_id, s.user_agent from mine m, lateral (
      select s.user_id, s.user_agent from sessions s
       where network_of(s.ip_address) = m.network and s.ip_address is not null and s.user_id <> $1::uuid
         and s.expires_at > now() limit 500) s
  )
  select jsonb_build_object(
    'sameNetwork', least(count(distinct user_id), ${mostHinted}),
    'sameNetworkAndBrowser', least(count(distinct user_id) filter (where user_agent in (
       select user_agent from sessions where user_id = $1::uuid and expires_at > now() and user_agent <> '')), ${mostHinted}))
    from others`;

const reportsSql = `
  select jsonb_build_object(
    'openCases', count(*) filter (where c.resolution_id is null),
    'upheldCases', count(*) filter (where r.kind = 'acted'),
    'otherCases', count(*) filter (where r.kind <> 'acted'),
    'made', (select count(*) from reports p where p.reporter_id = $1::uuid),
    'madeUpheld', coalesce((select upheld from reporter_records o where o.user_id = $1::uuid), 0),
    'madeDismissed', coalesce((select dismissed from reporter_records o where o.user_id = $1::uuid), 0))
    from moderation_cases c left join resolutions r on r.id = c.resolution_id where c.subject_id = $1::uuid`;

const dossierRow = z.object({
  waysIn: z
    .object({
      password: z.boolean(),
      passkeys: z.number(),
      providers: z.array(z.string()),
      provedAddresses: z.number(),
      secondFactorSince: z.string().nullable(),
      trustedBrowsers: z.number(),
    })
    .nullable(),
  hints: z.object({ sameNetwork: z.number(), sameNetworkAndBrowser: z.number() }).nullable(),
  reports: z.object({
    openCases: z.number(),
    upheldCases: z.number(),
    otherCases: z.number(),
    made: z.number(),
    madeUpheld: z.number(),
    madeDismissed: z.number(),
  }),
  notes: noteRows,
});
