import { z } from "zod";
import type { Removal } from "#app/moderation/removal.ts";
import { titleOfRule } from "#app/moderation/rule.ts";
import { select } from "#app/server/database.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";

/** Why posts or comments were removed, by their ids: of several acts that stand the latest. */
export async function findRemovals(of: "post" | "comment", ids: number[]): Promise<Record<number, Removal>> {
  if (ids.length === 0) return {};
  const rows = await select("removals", removalsSql, [`${of}.removed`, ids.map(String)], removalRow);
  const rules = rows.some(({ rule }) => rule) ? await findSiteSetting("rules") : null;
  return Object.fromEntries(
    rows.map(({ id, reason, rule }) => [id, { reason, rule: rule && rules && titleOfRule(rules, rule) }]),
  );
}

const removalsSql = `
  select distinct on (e.subject) e.subject as id, m.reason, m.details ->> 'rule' as rule
    from act_effects e join moderation_actions m on m.id = e.action_id
   where e.aspect = $1 and e.subject = any($2::text[]) and e.undone_at is null and e.after is not null
   order by e.subject, e.id desc`;

const removalRow = z.object({ id: z.string(), reason: z.string(), rule: z.string().nullable() });
