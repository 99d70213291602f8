import { z } from "zod";
import { isPublic } from "#app/posts/posts.server.ts";
import { type RankingFacts, rankedPosts } from "#app/ranking/ranking.ts";
import { select } from "#app/server/database.server.ts";
import { siteSettingSchemas } from "#app/site/site-settings.ts";

const numbersSchema = siteSettingSchemas.ranking;

/** Why a post stands where it stands. */
export interface Explanation {
  title: string;
  facts: RankingFacts;
  numbers: z.infer<typeof numbersSchema>;
  /** its place in the newest order; null where it is not in it */
  position: number | null;
  /** ISO, UTC: when it was counted */
  asOf: string;
}

/**
 * The counts behind a public post's place: those that its place was found with, or, where it has none, those of now.
 * One statement. Null for a post that not everyone sees.
 */
export async function explainRanking(postId: number): Promise<Explanation | null> {
  const [row] = await select("ranking-of-post", explanationSql, [postId], explanationRow);
  if (!row) return null;
  const { title, reactions, commenters, publishedAt, position, asOf, ...rest } = row;
  const numbers = numbersSchema.parse(
    position === null
      ? (rest.setting ?? {})
      : {
          reactionWeight: rest.reactionWeight,
          commentWeight: rest.commentWeight,
          hoursPerPoint: rest.hoursPerPoint,
        },
  );
  const ageHours = Math.max(0, asOf.getTime() - publishedAt.getTime()) / 3_600_000;
  return { title, facts: { reactions, commenters, ageHours }, numbers, position, asOf: asOf.toISOString() };
}

const explanationSql = `
  select p.title, p.published_at as "publishedAt", e.position,
         case when e.position is null then now() else e.as_of end as "asOf",
         coalesce(e.reactions[e.position], p.reaction_count) as reactions,
         coalesce(e.commenters[e.position],
                  (select count(distinct c.author_id)::int from comments c
                    where c.post_id = p.id and c.author_id <> p.author_id
                      and c.deleted_at is null and c.removed_at is null)) as commenters,
         e.reaction_weight as "reactionWeight", e.comment_weight as "commentWeight",
         e.hours_per_point as "hoursPerPoint", s.value as setting
    from posts p
    left join (select *, array_position(post_ids, $1::int) as position from rank_epochs order by id desc limit 1) e on true
    left join site_settings s on s.name = 'ranking'
   where p.id = $1::int and ${isPublic}`;

const explanationRow = z.object({
  title: z.string(),
  publishedAt: z.date(),
  position: z.number().min(1).max(rankedPosts).nullable(),
  asOf: z.date(),
  reactions: z.number(),
  commenters: z.number(),
  reactionWeight: z.number().nullable(),
  commentWeight: z.number().nullable(),
  hoursPerPoint: z.number().nullable(),
  setting: z.unknown(),
});
