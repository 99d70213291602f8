import { z } from "zod";
import { type Check, type Query, rowsCheck } from "./check.ts";

/** A number that is kept beside what it counts. */
export interface Counter {
  check: Check;
  /** gives the keys of the rows whose number is wrong */
  wrong: string;
  /**
   * Brings right those of the keys in $1 that are wrong, in a transaction, one statement after another: the first ones
   * hold the rows that everybody who changes the count writes too, so that the last one counts what is committed and
   * whoever changes it meanwhile adds to its result.
   */
  recount: string[];
}

const shown = "deleted_at is null and removed_at is null";
const published = `status = 'published' and ${shown}`;

/** In the order in which they are recounted: tags are counted from the posts' rows of tags. */
export const counters: Counter[] = [
  counter({
    id: "post-comments",
    says: "Posts know how many comments they have",
    of: "posts",
    wrong: `select p.id::text from posts p
              left join (select post_id, count(*) from comments where ${shown} group by 1) c on c.post_id = p.id
             where p.comment_count <> coalesce(c.count, 0)`,
    recount: [
      "select from posts where id = any($1::int[]) order by id for no key update",
      `update posts p set comment_count = (select count(*) from comments where post_id = p.id and ${shown})
        where id = any($1::int[])`,
    ],
  }),
  counter({
    id: "post-reactions",
    says: "Posts know how many reactions they have",
    of: "posts",
    wrong: `select p.id::text from posts p
              left join (select post_id, count(*) from reactions group by 1) r on r.post_id = p.id
             where p.reaction_count <> coalesce(r.count, 0)`,
    recount: [
      "select from posts where id = any($1::int[]) order by id for no key update",
      `update posts p set reaction_count = (select count(*) from reactions where post_id = p.id)
        where id = any($1::int[])`,
    ],
  }),
  counter({
    id: "comment-reactions",
    says: "Comments know how many reactions they have",
    of: "comments",
    wrong: `select c.id::text from comments c
              left join (select comment_id, count(*) from comment_reactions group by 1) r on r.comment_id = c.id
             where c.reaction_count <> coalesce(r.count, 0)`,
    recount: [
      "select from comments where id = any($1::int[]) order by id for no key update",
      `update comments c set reaction_count = (select count(*) from comment_reactions where comment_id = c.id)
        where id = any($1::int[])`,
    ],
  }),
  counter({
    id: "user-posts",
    says: "People know how many posts they have",
    of: "users",
    wrong: `select u.id::text from users u
              left join (select author_id, count(*) from posts where ${published} group by 1) p on p.author_id = u.id
             where u.post_count <> coalesce(p.count, 0)`,
    recount: [
      "select from users where id = any($1::uuid[]) order by id for no key update",
      `update users u set post_count = (select count(*) from posts where author_id = u.id and ${published})
        where id = any($1::uuid[])`,
    ],
  }),
  counter({
    id: "user-counts",
    says: "People know how many comments and followers they have",
    of: "users",
    wrong: `select u.id::text from users u left join user_counts k on k.user_id = u.id
              left join (select author_id, count(*) from comments where ${shown} group by 1) c on c.author_id = u.id
              left join (select followee_id, count(*) from follows group by 1) f on f.followee_id = u.id
              left join (select follower_id, count(*) from follows group by 1) g on g.follower_id = u.id
             where coalesce(k.comment_count, 0) <> coalesce(c.count, 0)
                or coalesce(k.follower_count, 0) <> coalesce(f.count, 0)
                or coalesce(k.following_count, 0) <> coalesce(g.count, 0)`,
    recount: [
      "insert into user_counts (user_id) select id from unnest($1::uuid[]) id order by id on conflict do nothing",
      "select from user_counts where user_id = any($1::uuid[]) order by user_id for no key update",
      `update user_counts k
          set comment_count = (select count(*) from comments where author_id = k.user_id and ${shown}),
              follower_count = (select count(*) from follows where followee_id = k.user_id),
              following_count = (select count(*) from follows where follower_id = k.user_id)
        where user_id = any($1::uuid[])`,
    ],
  }),
  counter({
    id: "post-tags",
    says: "Public posts stand in the lists of their tags, and only they",
    of: "post_tags",
    wrong: `select distinct coalesce(t.post_id, p.id)::text from post_tags t
              full join (select distinct id, published_at, tag from posts, unnest(tags) tag where ${published}) p
                on p.id = t.post_id and p.tag = t.tag and p.published_at = t.published_at
             where t.post_id is null or p.id is null`,
    recount: [
      "select from posts where id = any($1::int[]) order by id for no key update",
      "delete from post_tags where post_id = any($1::int[])",
      `insert into post_tags (tag, published_at, post_id)
       select distinct tag, published_at, id from posts, unnest(tags) tag where id = any($1::int[]) and ${published}`,
    ],
  }),
  counter({
    id: "tags",
    says: "Tags know how many posts they have",
    of: "tags",
    wrong: `select coalesce(t.name, p.tag) from tags t
              full join (select tag, count(*) from post_tags group by 1) p on p.tag = t.name
             where coalesce(t.post_count, 0) <> coalesce(p.count, 0)`,
    recount: [
      "insert into tags (name) select name from unnest($1::text[]) name order by name on conflict do nothing",
      "select from tags where name = any($1::text[]) order by name for no key update",
      `update tags t set post_count = (select count(*) from post_tags where tag = t.name)
        where name = any($1::text[])`,
    ],
  }),
];

function counter({
  id,
  says,
  of,
  wrong,
  recount,
}: Pick<Check, "id" | "says"> & Omit<Counter, "check"> & { of: string }) {
  const advice = "npm run doctor -- --fix counts them anew.";
  return { check: rowsCheck({ id, says, advice, of, broken: wrong }), wrong, recount };
}

const rowsAtOnce = 500;

/** Counts anew what is wrong, while the site runs. Returns how many rows it changed. */
export async function recount(query: Query, { wrong, recount: statements }: Counter): Promise<number> {
  const keys = keyRows.parse(await query(`select key::text from (${wrong}) wrong (key)`)).map(({ key }) => key);
  for (let from = 0; from < keys.length; from += rowsAtOnce) {
    const some = keys.slice(from, from + rowsAtOnce);
    await query("begin");
    try {
      for (const statement of statements) await query(statement, [some]);
      await query("commit");
    } catch (error) {
      await query("rollback");
      throw error;
    }
  }
  return keys.length;
}

const keyRows = z.array(z.object({ key: z.string() }));
