import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { offered, type Suggestions } from "#app/follows/follow.ts";
import { notMuted } from "#app/mutes/conditions.server.ts";
import { isPublic } from "#app/posts/posts.server.ts";
import { select } from "#app/server/database.server.ts";
import { avatarUrl, notGone } from "#app/users/user.ts";

/** People who wrote lately and whom many follow, and tags of the latest posts: those that are new to the viewer. */
export async function listSuggestions(viewer: Viewer): Promise<Suggestions> {
  const values = [viewer.id, offered.people, offered.tags];
  const rows = await select("follow-suggestions", suggestionsSql, values, suggestionRow);
  return {
    people: rows.flatMap((row) => (row.kind === "person" ? [toPerson(row)] : [])),
    tags: rows.flatMap((row) => (row.kind === "tag" ? [{ name: row.name, postCount: row.count }] : [])),
  };
}

/** Only the newest posts are looked at: it costs the same however large the site is. */
const suggestionsSql = `
  with recent as materialized (
    select p.author_id, p.tags from posts p where ${isPublic} order by p.published_at desc, p.id desc limit 1000
  ), people as (
    select u.id, u.username, u.name, u.avatar, u.bio, coalesce(c.follower_count, 0) + 3 * r.posts as worth
      from (select author_id, count(*) as posts from recent group by author_id) r
      join users u on u.id = r.author_id
      left join user_counts c on c.user_id = u.id
     where u.id <> $1::uuid and not u.banned and ${notGone("u.username")} and ${notMuted("$1", "u.id")}
       and not exists (select from mutes b where b.muter_id = u.id and b.muted_id = $1::uuid and b.kind = 'block')
       and not exists (select from follows f where f.follower_id = $1::uuid and f.followee_id = u.id)
     order by worth desc, u.id limit $2
  ), subjects as (
    select t.name, t.post_count
      from (select unnest(tags) as name, count(*) as posts from recent group by 1) r
      join tags t on t.name = r.name
     where not exists (select from tag_follows f where f.user_id = $1::uuid and f.tag = t.name)
     order by r.posts desc, t.name limit $3
  )
  select 'person' as kind, id::text, username, name, avatar, bio, worth::int as count from people
  union all
  select 'tag', null, null, name, null, null, post_count from subjects
  order by kind, count desc, name`;

const suggestionRow = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("person"),
    id: z.string(),
    username: z.string(),
    name: z.string(),
    avatar: z.string().nullable(),
    bio: z.string(),
  }),
  z.object({ kind: z.literal("tag"), name: z.string(), count: z.number() }),
]);

function toPerson({ id, username, name, avatar, bio }: z.infer<typeof suggestionRow> & { kind: "person" }) {
  return { username, name, bio, avatar: avatarUrl({ id, avatar }), followed: false, self: false };
}
