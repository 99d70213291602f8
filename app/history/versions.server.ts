import { z } from "zod";
import { changesBetween } from "#app/history/diff.server.ts";
import { type History, historyLimits, type VersionTexts } from "#app/history/history.ts";
import { select, type Transaction } from "#app/server/database.server.ts";

/** What is about to be edited: whose it is, and the version that the edit was made of. */
interface Edited {
  id: number;
  authorId: string;
  version: number;
}

/**
 * Keeps a published post as it reads now, and holds its row until the edit of the same transaction is done. A draft has
 * no history: nobody has read it.
 */
export async function keepPostVersion(tx: Transaction, { id, authorId, version }: Edited): Promise<void> {
  await tx.$executeRaw`
    with now as (
      select * from posts
       where id = ${id}::int and author_id = ${authorId}::uuid and version = ${version}::int
         and status = 'published' and deleted_at is null and removed_at is null
         for no key update
    )
    insert into post_versions (post_id, version, title, body, tags, url, warning, written_at)
    select id, version, title, body, tags, url, warning, coalesce(edited_at, published_at, created_at) from now`;
}

/** Keeps a comment as it reads now, and holds its row until the edit is done. @returns whether it is still as it was */
export async function keepCommentVersion(tx: Transaction, { id, authorId, version }: Edited): Promise<boolean> {
  const kept = await tx.$executeRaw`
    with now as (
      select c.* from comments c join posts p on p.id = c.post_id
       where c.id = ${id}::int and c.author_id = ${authorId}::uuid and c.version = ${version}::int
         and c.deleted_at is null and c.removed_at is null
         and p.status = 'published' and p.deleted_at is null and p.removed_at is null
         for no key update of c
    )
    insert into comment_versions (comment_id, version, body, written_at)
    select id, version, body, coalesce(edited_at, created_at) from now`;
  return kept === 1;
}

/**
 * How a post or a comment read over time, the newest first, and what one version changed. Null where not everyone may
 * see it: what is deleted, removed or a draft shows no version, to nobody. One statement; only the two texts that are
 * compared leave the database.
 * @param chosen the version whose changes are wanted; the newest where there is no such
 */
export async function findHistory(of: "post" | "comment", id: number, chosen: number | null): Promise<History | null> {
  const rows = await select(
    `history-${of}`,
    historySql(of === "post" ? postVersions : commentVersions),
    [id, chosen],
    row,
  );
  const shown = rows.findIndex(({ title, body }) => title !== null || body !== null);
  const [head] = rows;
  const newer = rows[shown];
  if (!head || !newer) return null;
  const older = rows[shown + 1];
  return {
    post: { id: head.postId, title: head.postTitle },
    author: { username: head.username, name: head.name },
    versions: rows
      .slice(0, historyLimits.versions)
      .map(({ version, writtenAt }) => ({ version, writtenAt: writtenAt.toISOString() })),
    shown: newer.version,
    complete: rows.length <= historyLimits.versions,
    changes: changesBetween(older ? textsOf(older) : null, textsOf(newer)),
  };
}

/** Every text of a public post: the present one and the former ones. */
const postVersions = `
    select p.id as post_id, p.title as post_title, p.author_id, v.*
      from posts p cross join lateral (
        select p.version, p.title, p.body, p.tags, p.url, p.warning, coalesce(p.edited_at, p.published_at) as written_at
        union all
        select version, title, body, tags, url, warning, written_at from post_versions where post_id = p.id
      ) v
     where p.id = $1 and p.status = 'published' and p.deleted_at is null and p.removed_at is null`;

const commentVersions = `
    select p.id as post_id, p.title as post_title, c.author_id, v.*
      from comments c join posts p on p.id = c.post_id cross join lateral (
        select c.version, '' as title, c.body, '{}'::text[] as tags, null as url, null as warning,
               coalesce(c.edited_at, c.created_at) as written_at
        union all
        select version, '', body, '{}', null, null, written_at from comment_versions where comment_id = c.id
      ) v
     where c.id = $1 and c.deleted_at is null and c.removed_at is null
       and p.status = 'published' and p.deleted_at is null and p.removed_at is null`;

function historySql(versions: string): string {
  const compared = "version in (shown, before_shown)";
  return `
    with recent as (${versions} order by v.version desc limit ${historyLimits.versions + 1}), chosen as (
      select coalesce(max(version) filter (where version = $2::int), max(version)) as shown from recent
    ), pair as (
      select shown, (select max(version) from recent where version < shown) as before_shown from chosen
    )
    select post_id as "postId", post_title as "postTitle", u.username, u.name, version, written_at as "writtenAt",
           case when ${compared} then title end as title, case when ${compared} then body end as body,
           case when ${compared} then tags end as tags, case when ${compared} then url end as url,
           case when ${compared} then warning end as warning
      from recent cross join pair join users u on u.id = author_id
     order by version desc`;
}

const row = z.object({
  postId: z.number(),
  postTitle: z.string(),
  username: z.string(),
  name: z.string(),
  version: z.number(),
  writtenAt: z.date(),
  title: z.string().nullable(),
  body: z.string().nullable(),
  tags: z.array(z.string()).nullable(),
  url: z.string().nullable(),
  warning: z.string().nullable(),
});

function textsOf({ title, body, tags, url, warning }: z.infer<typeof row>): VersionTexts {
  return { title: title ?? "", body: body ?? "", tags: tags?.join(", ") ?? "", url: url ?? "", warning: warning ?? "" };
}
