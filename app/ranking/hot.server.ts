import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { notMuted } from "#app/mutes/conditions.server.ts";
import type { FeedPage } from "#app/posts/post.ts";
import {
  feedColumns,
  feedPageSize,
  feedRow,
  isPublic,
  listFeed,
  ownMarks,
  toFeedPost,
} from "#app/posts/posts.server.ts";
import { formatRankCursor, type RankCursor } from "#app/ranking/ranking.ts";
import { select } from "#app/server/database.server.ts";

export interface HotPage extends FeedPage {
  /** the order that the reader was in is no longer kept, or there is none yet: this is the beginning */
  startedOver: boolean;
}

/**
 * One page of the hottest posts, in the order that the reader began with: one statement. Who is muted and what is gone
 * is left out as it is read.
 */
export async function listHot(viewer: Viewer | null, after: RankCursor | null): Promise<HotPage> {
  const page = await readEpoch(viewer, after);
  if (page) return { ...page, startedOver: false };
  const anew = after && (await readEpoch(viewer, null));
  if (anew) return { ...anew, startedOver: true };
  // A new site, in its first minute.
  const { posts } = await listFeed({ of: "everyone" }, viewer, null);
  return { posts, next: null, startedOver: false };
}

/** Null where that order, or any, is not there. */
async function readEpoch(viewer: Viewer | null, after: RankCursor | null): Promise<FeedPage | null> {
  const values = [viewer?.id ?? null, after?.position ?? 0, ...(after ? [after.epoch] : [])];
  const shape = { paged: after !== null, signedIn: viewer !== null };
  const name = `hot${after ? "-after" : ""}${viewer ? "-signed-in" : ""}`;
  const rows = await select(name, hotSql(shape), values, hotRow);
  const [first] = rows;
  if (!first) return null;
  const ranked = rows.filter((row) => row.position !== null);
  const last = ranked[feedPageSize - 1];
  return {
    posts: ranked.slice(0, feedPageSize).map(({ epoch: _, position: __, ...row }) => toFeedPost(row)),
    next:
      ranked.length > feedPageSize && last ? formatRankCursor({ epoch: first.epoch, position: last.position }) : null,
  };
}

function hotSql({ paged, signedIn }: { paged: boolean; signedIn: boolean }): string {
  return `
    select e.id as epoch, p.position, ${feedColumns}
      from (select id, post_ids from rank_epochs ${paged ? "where id = $3::int" : ""} order by id desc limit 1) e
      left join lateral (
        select k.position::int as position, p.*
          from unnest(e.post_ids) with ordinality k (post_id, position) join posts p on p.id = k.post_id
         where k.position > $2::int and ${isPublic} ${signedIn ? `and ${notMuted("$1", "p.author_id")}` : ""}
         order by k.position limit ${feedPageSize + 1}) p on true
      left join users u on u.id = p.author_id ${ownMarks}
     order by p.position`;
}

/** A post at its place; an order that ends before that place is one row without a post. */
const hotRow = z.union([
  feedRow.extend({ epoch: z.number(), position: z.number() }),
  z.object({ epoch: z.number(), position: z.null() }),
]);
