import { z } from "zod";
import { postPath, tagPath } from "#app/posts/post.ts";
import { isPublic } from "#app/posts/posts.server.ts";
import { select } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";
import { notGone, userPath } from "#app/users/user.ts";

/**
 * A sitemap of any size is an index of parts. Posts are cut by their ids, which never change; people by when they
 * joined; of tags there is one part with those that have the most posts. The database has an index for each, and each part
 * is small enough to be kept with the visitors' pages.
 */
const postsInPart = 1_000;
const peopleInPart = 2_500;
const tagsInPart = 1_500;

export interface SitemapEntry {
  path: string;
  /** when its content changed last */
  changedAt: Date | null;
}

/** The parts that are not empty: one statement, which looks into each part once. */
export async function listSitemapParts(): Promise<SitemapEntry[]> {
  const rows = await select("sitemap-index", partsSql, [peopleInPart], partRow);
  return rows.map(({ part, at, id, changedAt }) => ({ path: pathOfPart(part, at, id), changedAt }));
}

function pathOfPart(part: number | null, at: Date | null, id: string | null): string {
  if (part !== null) return `/sitemap/posts/${part}.xml`;
  return at && id ? `/sitemap/people/${formatCursor({ at, id })}.xml` : "/sitemap/pages/0.xml";
}

// Every 2,500th person begins a part; the walk reads nothing but the index on when people joined.
const partsSql = `
  with recursive starts as (
    (select created_at, id from users order by created_at, id limit 1)
    union all
    select following.created_at, following.id
      from starts, lateral (select u.created_at, u.id from users u
                             where (u.created_at, u.id) > (starts.created_at, starts.id)
                             order by u.created_at, u.id offset $1 - 1 limit 1) following
  )
  select null::int as part, null::timestamptz as at, null::uuid as id, max(t.published_at) as "changedAt"
    from (select p.published_at from posts p where ${isPublic} order by p.published_at desc limit 1) t
  union all
  select part, null, null, newest.at
    from generate_series(0, (select max(id) / ${postsInPart} from posts)) part,
         lateral (select coalesce(p.edited_at, p.published_at) as at from posts p
                   where ${isPublic} and p.id / ${postsInPart} = part
                   order by coalesce(p.edited_at, p.published_at) desc limit 1) newest
  union all
  select null, created_at, id, null from starts
   where exists (select from (select u.post_count, u.banned from users u
                               where (u.created_at, u.id) >= (starts.created_at, starts.id)
                               order by u.created_at, u.id limit $1) people
                  where post_count > 0 and not banned)`;

const partRow = z.object({
  part: z.number().nullable(),
  at: z.date().nullable(),
  id: z.string().nullable(),
  changedAt: z.date().nullable(),
});

/** The public posts of one part, by their ids: one statement. */
export async function listPostsInPart(part: number): Promise<SitemapEntry[]> {
  const rows = await select("sitemap-posts", postsSql, [part * postsInPart, (part + 1) * postsInPart], postRow);
  return rows.map(({ changedAt, ...post }) => ({ path: postPath(post), changedAt }));
}

const postsSql = `
  select p.id, p.title, coalesce(p.edited_at, p.published_at) as "changedAt"
    from posts p where p.id >= $1 and p.id < $2 and ${isPublic} order by p.id`;

const postRow = z.object({ id: z.number(), title: z.string(), changedAt: z.date() });

/** Those of the people of one part who have a public post and are not banned: one statement. */
export async function listPeopleInPart(from: Cursor): Promise<SitemapEntry[]> {
  const rows = await select("sitemap-people", peopleSql, [from.at, from.id, peopleInPart], personRow);
  return rows.map(({ username, changedAt }) => ({ path: userPath(username), changedAt }));
}

const peopleSql = `
  select u.username, newest.at as "changedAt"
    from (select id, username, post_count, banned, created_at from users
           where (created_at, id) >= ($1::timestamptz, $2::uuid)
           order by created_at, id limit $3) u,
         lateral (select p.published_at as at from posts p
                   where ${isPublic} and p.author_id = u.id order by p.published_at desc limit 1) newest
   where u.post_count > 0 and not u.banned and ${notGone("u.username")}
   order by u.created_at, u.id`;

const personRow = z.object({ username: z.string(), changedAt: z.date() });

/** The first page, and the pages of the tags with the most posts: one statement. */
export async function listPlaces(): Promise<SitemapEntry[]> {
  const rows = await select("sitemap-tags", tagsSql, [tagsInPart], tagRow);
  const tags = rows.map(({ name, changedAt }) => ({ path: tagPath(name), changedAt }));
  return [{ path: "/", changedAt: null }, ...tags];
}

const tagsSql = `
  select t.name, newest.at as "changedAt"
    from (select name, post_count from tags where post_count > 0 order by post_count desc, name limit $1) t,
         lateral (select published_at as at from post_tags p
                   where p.tag = t.name order by published_at desc limit 1) newest
   order by t.post_count desc, t.name`;

const tagRow = z.object({ name: z.string(), changedAt: z.date() });
