import { z } from "zod";
import { factorMissing, isOverdue } from "#app/auth/staff-factor/staff-factor.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { Transaction } from "#app/server/database.server.ts";
import type { SiteSettings } from "#app/site/site-settings.ts";

const group = "signIn" satisfies keyof SiteSettings;

/**
 * SQL of the moment from which the work of user `u` in session `s` needs a second factor: the later of its being
 * required and the role's beginning, and the days of grace. Null where it is not required, `u` is no moderator or
 * admin, or has one: an authenticator app, or a passkey that was used in this session.
 */
export const staffFactorDue = `
  case when u.role <> 'member' then (
    select greatest((rule.value->>'staffSecondFactorSince')::timestamptz, u.role_since)
           + make_interval(days => (rule.value->>'staffGraceDays')::int)
      from site_settings rule
     where rule.name = '${group}' and rule.value->>'staffSecondFactor' = 'true'
       and not exists (select 1 from two_factors app where app.user_id = u.id and app.confirmed_at is not null)
       and not (s.passkey_at is not null and exists (select 1 from passkeys p where p.user_id = u.id))) end`;

/**
 * Stands in every transaction in which somebody writes as a moderator or admin, after what holds their row.
 * @throws a 403 response where the second factor that this needs is missing
 */
export async function assertFactorOfStaff(tx: Transaction, viewer: Pick<Viewer, "sessionId">): Promise<void> {
  const [row] = rows.parse(await tx.$queryRawUnsafe(sql, viewer.sessionId));
  if (isOverdue(row?.due?.toISOString() ?? null)) throw factorMissing();
}

const sql = `select ${staffFactorDue} as due from sessions s join users u on u.id = s.user_id where s.id = $1::uuid`;

const rows = z.array(z.object({ due: z.date().nullable() }));
