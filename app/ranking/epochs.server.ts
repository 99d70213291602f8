import { z } from "zod";
import { isPublic } from "#app/posts/posts.server.ts";
import { consideredPosts, type RankingNumbers, rankedPosts } from "#app/ranking/ranking.ts";
import { inTransaction, type Transaction } from "#app/server/database.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";

/** An order that was replaced is kept for those who page through it. */
const keptHours = 24;

/**
 * Writes down how hot the posts are now. Where the order is the one that stood, its counts are renewed and nobody is
 * told; otherwise it becomes a new epoch. Two at once are put in line, and the second finds the order of the first.
 */
export async function takeRankEpoch(): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('rank_epochs'))`;
    const numbers = await findSiteSetting("ranking", tx);
    const hottest = await listHottest(tx, numbers);
    const epoch = {
      ...numbers,
      asOf: new Date(),
      postIds: hottest.map(({ id }) => id),
      reactions: hottest.map(({ reactions }) => reactions),
      commenters: hottest.map(({ commenters }) => commenters),
    };
    const newest = await tx.rankEpoch.findFirst({ orderBy: { id: "desc" }, select: { id: true, postIds: true } });
    if (newest && newest.postIds.join() === epoch.postIds.join()) {
      await tx.rankEpoch.update({ where: { id: newest.id }, data: epoch, select: { id: true } });
      return;
    }
    const { id } = await tx.rankEpoch.create({ data: epoch, select: { id: true } });
    const before = new Date(epoch.asOf.getTime() - keptHours * 3_600_000);
    await tx.rankEpoch.deleteMany({ where: { id: { not: id }, asOf: { lt: before } } });
  });
}

/** The hottest posts and what was counted of them, by one reading of the formula. */
export async function listHottest(tx: Pick<Transaction, "$queryRawUnsafe">, numbers: RankingNumbers) {
  const { reactionWeight, commentWeight, hoursPerPoint } = numbers;
  // A post that is older than the newest thousand by more hours than any count can outweigh is not among the hottest,
  // and with whatever numbers no more posts than these are looked at.
  const reachHours = (reactionWeight + commentWeight) * Math.log1p(mostCounted) * hoursPerPoint;
  const [{ since }] = sinceRows.parse(await tx.$queryRawUnsafe(sinceSql, reachHours));
  const values = [reactionWeight, commentWeight, hoursPerPoint, since];
  return hottestRows.parse(await tx.$queryRawUnsafe(hottestSql, ...values));
}

/** More reactions, or people who comment, count as so many. */
const mostCounted = 100_000;

const sinceSql = `
  select greatest(
    (select min(published_at) from (select p.published_at from posts p where ${isPublic}
      order by p.published_at desc, p.id desc limit ${rankedPosts}) newest) - make_interval(secs => $1::float8 * 3600),
    (select p.published_at from posts p where ${isPublic}
      order by p.published_at desc, p.id desc offset ${consideredPosts - 1} limit 1)) as since`;

/** Null where there are no posts. */
const sinceRows = z.tuple([z.object({ since: z.date().nullable() })]);

/**
 * The formula of /hot, as `scoreOf` has it, at this moment: $1 points for each e-fold of reactions, $2 for each of
 * people who comment, and one point less for each $3 hours of age.
 */
export const hottestSql = `
  with counted as materialized (
    select p.id, p.published_at,
           least(p.reaction_count, ${mostCounted}) as reactions,
           least((select count(distinct c.author_id) from comments c
                   where p.comment_count > 0 and c.post_id = p.id and c.author_id <> p.author_id
                     and c.deleted_at is null and c.removed_at is null), ${mostCounted})::int as commenters
      from posts p
     where ${isPublic} and p.published_at >= $4::timestamptz
  )
  select id, reactions, commenters,
         $1::float8 * ln(1 + reactions::float8)
         + $2::float8 * ln(1 + commenters::float8)
         - extract(epoch from now() - published_at)::float8 / 3600 / $3::float8 as score
    from counted
   order by score desc, id desc
   limit ${rankedPosts}`;

const hottestRows = z.array(
  z.object({ id: z.number(), reactions: z.number(), commenters: z.number(), score: z.number() }),
);
