import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { select, type Transaction } from "#app/server/database.server.ts";
import { type Allowances, allowancesOf, type Gates, gatesSchema, type TrustFacts } from "#app/trust/gates.ts";
import { roles } from "#app/users/user.ts";

/** What the gates know of somebody, and the site's numbers. */
export interface Known {
  facts: TrustFacts;
  gates: Gates;
  /** whether the form was taken before */
  formUsed: boolean;
}

/** Kinds of acts that count against somebody, as the public page says. */
export const actsThatCount = ["warn", "silence", "ban", "remove-post", "remove-comment"] as const;

/**
 * Acts count while they are not undone, and removals only while the post or comment is still removed; one index
 * gives a person's, newest first.
 */
const knownSql = `
  select u.role::text as role, u.created_at as "createdAt", u.silenced_until as "silencedUntil",
         u.post_count + coalesce(c.comment_count, 0) as contributions, g.gates,
         (select count(*)::int from moderation_actions m
           where m.subject_user_id = u.id and m.kind in (${actsThatCount.map((kind) => `'${kind}'`).join(", ")})
             and m.created_at > now() - make_interval(days => coalesce((g.gates ->> 'actDays')::int, ${gatesSchema.parse({}).actDays}))
             and not exists (select from act_effects e where e.action_id = m.id and e.undone_at is not null)
             and (m.kind <> 'remove-post'
                  or exists (select from posts p where p.id = m.subject_post_id and p.removed_at is not null))
             and (m.kind <> 'remove-comment'
                  or exists (select from comments d where d.id = (m.details ->> 'commentId')::int and d.removed_at is not null))
         ) as "actsAgainst",
         (select count(*)::int from posts p
           where p.author_id = u.id and p.status = 'published' and p.published_at > now() - interval '1 day') as "postsToday",
         (select count(*)::int from comments d
           where d.author_id = u.id and d.created_at > now() - interval '1 day') as "commentsToday",
         exists (select from posts p where p.author_id = u.id and p.submission_key = $2::uuid)
           or exists (select from comments d where d.author_id = u.id and d.submission_key = $2::uuid) as "formUsed"
    from users u left join user_counts c on c.user_id = u.id
    cross join (select (select value from site_settings where name = 'gates') as gates) g
   where u.id = $1::uuid`;

const knownRow = z
  .object({
    role: z.enum(roles),
    createdAt: z.date(),
    silencedUntil: z.date().nullable(),
    contributions: z.number(),
    actsAgainst: z.number(),
    postsToday: z.number(),
    commentsToday: z.number(),
    gates: z.unknown(),
    formUsed: z.boolean(),
  })
  .transform(({ gates, formUsed, ...facts }): Known => ({ facts, formUsed, gates: gatesSchema.parse(gates ?? {}) }));

/** What the gates know of the viewer; one statement. */
export async function findKnown(userId: string): Promise<Known> {
  const [known] = await select("trust", knownSql, [userId, null], knownRow);
  if (!known) throw new Error("The viewer is nobody");
  return known;
}

/**
 * The same within a transaction that holds the person's row, so that it counts what was written before it.
 * @param submissionKey names the form that is about to be taken
 */
export async function findKnownWithin(
  tx: Transaction,
  userId: string,
  submissionKey: string | null = null,
): Promise<Known> {
  const rows: unknown[] = await tx.$queryRawUnsafe(knownSql, userId, submissionKey);
  return knownRow.parse(rows[0]);
}

/** What the viewer may, for what is said before they write; null for visitors. */
export async function findAllowances(viewer: Pick<Viewer, "id">): Promise<Allowances> {
  const { facts, gates } = await findKnown(viewer.id);
  return allowancesOf(facts, gates, new Date());
}
