import { href } from "react-router";
import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import { absoluteDays, idleDays, readSessionToken } from "#app/auth/session-cookie.server.ts";
import { staffFactorDue } from "#app/auth/staff-factor/due.server.ts";
import { isOverdue } from "#app/auth/staff-factor/staff-factor.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { consentDue } from "#app/legal/consent-due.server.ts";
import { asOf, unreadCount } from "#app/notifications/unread.server.ts";
import { noUnread, type Unread } from "#app/notifications/unread.ts";
import type { AuditKind } from "#app/register/audit-event.ts";
import { db, select, type Transaction } from "#app/server/database.server.ts";
import { log } from "#app/server/log.server.ts";
import { siteSettingSchemas } from "#app/site/site-settings.ts";
import { avatarUrl, notGone, roles } from "#app/users/user.ts";

/** A ban as its subject sees it. */
export interface ActiveBan {
  username: string;
  reason: string;
  /** title of the rule that was broken */
  rule: string | null;
  /** the decision, which its person may appeal against */
  actionId: string | null;
  createdAt: Date;
  /** null: for good */
  expiresAt: Date | null;
  /** where the people who run the site are reached, if they say so */
  contact: string | null;
}

export type Identity =
  | { viewer: Viewer; ban: null; bannedViewer: null }
  | {
      viewer: null;
      ban: ActiveBan | null;
      /** for the addresses that are open to banned people; null where another ban had ended the session */
      bannedViewer: Viewer | null;
    };

const nobody: Identity = { viewer: null, ban: null, bannedViewer: null };

/**
 * Who sent this request, and how much they have not read: session, user, ban and count in one prepared statement.
 * A session that a ban ended never comes back as a viewer, also not after the ban.
 */
export async function identify(request: Request): Promise<Identity & { unread: Unread }> {
  const token = readSessionToken(request.headers.get("cookie"));
  if (!token) return { ...nobody, unread: noUnread };
  const [row] = await select("identify", identifySql, [token], identityWithUnreadRow);
  if (row && !row.banned && !row.endedByBan && row.idle && isUse(request)) keepAlive(row.sessionId);
  return { ...identityOf(row), unread: row ? { count: row.unread, asOf: row.asOf } : noUnread };
}

/** A page that is left open asks for news by itself: that does not keep a session from its idle end. */
function isUse(request: Request): boolean {
  return new URL(request.url).pathname !== href("/live");
}

/** Who a session's person is now, seen from within `tx`. */
export async function identifySession(tx: Transaction, sessionId: string): Promise<Identity> {
  const [row] = z.array(identityRow).parse(await tx.$queryRawUnsafe(identifySessionSql, sessionId));
  return identityOf(row);
}

function identityOf(row: z.infer<typeof identityRow> | undefined): Identity {
  if (!row) return nobody;
  const viewer: Viewer = {
    id: row.id,
    username: row.username,
    name: row.name,
    avatar: avatarUrl(row),
    role: row.role,
    sessionId: row.sessionId,
    provedAt: row.provedAt.toISOString(),
    staffFactorDue: row.staffFactorDue?.toISOString() ?? null,
    recoveryReadyAt: row.recoveryReadyAt?.toISOString() ?? null,
    ...(row.consentDue && { consentDue: true }),
  };
  if (row.banned) {
    const bannedViewer = {
      ...viewer,
      role: "member",
      staffFactorDue: null,
      recoveryReadyAt: null,
      consentDue: false,
      banned: true,
    } as const;
    return { viewer: null, ban: banOf(row), bannedViewer: row.endedByOtherBan ? null : bannedViewer };
  }
  if (row.endedByBan) return nobody;
  const { impersonated } = row;
  if (impersonated && !isOverdue(row.staffFactorDue?.toISOString() ?? null)) {
    const { until, ...person } = impersonated;
    return {
      viewer: {
        ...person,
        avatar: avatarUrl(person),
        sessionId: row.sessionId,
        // Of the admin's proofs none is this person's.
        provedAt: new Date(0).toISOString(),
        staffFactorDue: null,
        recoveryReadyAt: null,
        impersonatedBy: { id: row.id, username: row.username, until: new Date(until).toISOString() },
      },
      ban: null,
      bannedViewer: null,
    };
  }
  return { viewer, ban: null, bannedViewer: null };
}

function banOf({
  username,
  reason,
  bannedAt,
  banExpiresAt,
  contact,
  decision,
}: z.infer<typeof identityRow>): ActiveBan {
  const rules = siteSettingSchemas.rules.safeParse(decision?.rules ?? {}).data?.list ?? [];
  return {
    username,
    reason: reason ?? "",
    rule: rules.find(({ key }) => key === decision?.rule)?.title ?? null,
    actionId: decision?.actionId ?? null,
    createdAt: bannedAt ?? new Date(),
    expiresAt: banExpiresAt,
    contact,
  };
}

/**
 * As whom user `u` sees the site in session `s`. Triggers end an impersonation with the right to it; what they look at
 * is asked here all the same.
 */
const impersonatedSql = `
  select p.id, jsonb_build_object('id', p.id, 'username', p.username, 'name', p.name, 'avatar', p.avatar,
                                  'role', p.role, 'until', i.ends_at) as impersonated
    from impersonations i join users p on p.id = i.user_id
   where i.session_id = s.id and i.ended_at is null and i.ends_at > now() and i.admin_id = u.id
     and u.role = 'admin' and p.role = i.user_role and p.role <> 'admin' and not p.banned and ${notGone("p.username")}`;

const identitySql = (more = "") => `
  select ${more} s.id as "sessionId", s.ban_id is not null as "endedByBan", s.updated_at < now() - interval '1 hour' as idle,
         s.proved_at as "provedAt", ${staffFactorDue} as "staffFactorDue",
         (select ready_at from factor_recoveries f
           where f.user_id = u.id and f.vetoed_at is null and f.used_at is null and f.expires_at > now()) as "recoveryReadyAt",
         ${consentDue("u.id")} as "consentDue",
         u.id, u.username, u.name, u.avatar, u.role::text,
         u.banned and (b.expires_at is null or b.expires_at > now()) as banned,
         case when u.banned then (select value ->> 'contact' from site_settings where name = 'about') end as contact,
         b.reason, b.created_at as "bannedAt", b.expires_at as "banExpiresAt",
         coalesce(s.ban_id <> u.ban_id, false) as "endedByOtherBan",
         case when u.banned then (
           select jsonb_build_object('actionId', m.id, 'rule', m.details ->> 'rule',
                                     'rules', (select value from site_settings where name = 'rules'))
             from moderation_actions m
            where m.subject_user_id = u.id and m.kind = 'ban' and m.ban_id = u.ban_id limit 1) end as decision, seen.impersonated
    from sessions s join users u on u.id = s.user_id left join bans b on b.id = u.ban_id
    left join lateral (${impersonatedSql}) seen on true
   where s.expires_at > now()`;

const identifySql = `${identitySql(`${unreadCount("coalesce(seen.id, u.id)")} as unread, ${asOf} as "asOf",`)} and s.token = $1`;
const identifySessionSql = `${identitySql()} and s.id = $1::uuid`;

const identityRow = z.object({
  sessionId: z.string(),
  endedByBan: z.boolean(),
  idle: z.boolean(),
  provedAt: z.date(),
  staffFactorDue: z.date().nullable(),
  recoveryReadyAt: z.date().nullable(),
  consentDue: z.boolean(),
  contact: z.string().nullable(),
  id: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  role: z.enum(roles),
  // null where a ban row is missing: banned counts
  banned: z
    .boolean()
    .nullable()
    .transform((banned) => banned !== false),
  reason: z.string().nullable(),
  bannedAt: z.date().nullable(),
  banExpiresAt: z.date().nullable(),
  endedByOtherBan: z.boolean(),
  decision: z.object({ actionId: z.string(), rule: z.string().nullable(), rules: z.unknown() }).nullable(),
  impersonated: z
    .object({
      id: z.string(),
      username: z.string(),
      name: z.string(),
      avatar: z.string().nullable(),
      role: z.enum(roles),
      until: z.string(),
    })
    .nullable(),
});

/** Made once: each request asks for it, and to build the parser of a row takes longer than to ask. */
const identityWithUnreadRow = identityRow.extend({ unread: z.number(), asOf: z.number() });

/** Ends the session of a request, if it has one, and writes it down: the next request with its cookie is a visitor's. */
export async function endSession(request: Request, { ipAddress, userAgent }: RequestFacts): Promise<void> {
  const token = readSessionToken(request.headers.get("cookie"));
  if (!token) return;
  await select("end-session", endSessionSql, [token, ipAddress, userAgent], z.object({}));
}

const endSessionSql = `
  with ended as (delete from sessions where token = $1 returning user_id)
  insert into audit_events (id, kind, actor_id, user_id, ip_address, user_agent)
  select gen_random_uuid(), '${"signed-out" satisfies AuditKind}', user_id, user_id, $2, $3 from ended`;

/** Notes the use and moves the idle end; nobody waits for it, and at most once an hour. */
function keepAlive(sessionId: string): void {
  db.$executeRaw`
    update sessions set updated_at = now(),
           expires_at = least(created_at + make_interval(days => ${absoluteDays}::int), now() + make_interval(days => ${idleDays}::int))
     where id = ${sessionId}::uuid`.catch((error: unknown) =>
    log.warn({ err: error }, "a session's use was not noted"),
  );
}
