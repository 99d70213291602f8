import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { notBlocked, notMuted } from "#app/mutes/conditions.server.ts";
import { select } from "#app/server/database.server.ts";
import { avatarUrl, notGone, type UserSummary } from "#app/users/user.ts";

const maxSuggestions = 8;
/** Of a long conversation the last comments count as near, of many follows the latest. */
const maxNear = 500;

/**
 * People whom the viewer may mean by the beginning of a username or of a word in a name: first those who take part in
 * the conversation, then those whom the viewer follows, then anybody. Nobody whom they muted, nobody who blocked them.
 */
export async function suggestPeople(viewer: Viewer, typed: string, postId: number | null): Promise<UserSummary[]> {
  const start = `${typed.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const name = typed ? "mention-suggestions" : "mention-suggestions-near";
  const rows = await select(name, suggestionsSql(typed !== ""), [viewer.id, start, postId], suggestionRow);
  return rows.map(({ id, avatar, ...person }) => ({ ...person, avatar: avatarUrl({ id, avatar }) }));
}

/**
 * Each source is cut before it is joined: however many people there are, a few dozen rows are sorted. The order is the
 * indexes' own, letter by letter, whatever the database's language.
 */
function suggestionsSql(anybody: boolean): string {
  const fits = "(u.username_key like $2 or lower(u.name) like $2 or lower(u.name) like '% ' || $2)";
  return `
  with near as (
    select p.author_id as id, 1 as turn from posts p
     where p.id = $3::int and p.status = 'published' and p.deleted_at is null and p.removed_at is null
     union
    select author_id, 1
      from (select c.author_id from comments c join posts p on p.id = c.post_id
             where c.post_id = $3::int and c.deleted_at is null and c.removed_at is null
               and p.status = 'published' and p.deleted_at is null and p.removed_at is null
             order by c.created_at desc, c.id desc limit ${maxNear}) latest
     union
    select followee_id, 2
      from (select followee_id from follows where follower_id = $1::uuid
             order by created_at desc, followee_id limit ${maxNear}) latest
  ), found as (
    (select u.id, min(near.turn) as turn from near join users u on u.id = near.id where ${fits}
      group by u.id, u.username_key order by 2, u.username_key limit 40)
    ${
      anybody
        ? `union all
    (select u.id, 3 from users u where u.username_key like $2 order by u.username_key using ~<~ limit 40)
     union all
    (select u.id, 4 from users u where lower(u.name) like $2 order by lower(u.name) using ~<~ limit 40)`
        : ""
    }
  )
  select u.id, u.username, u.name, u.avatar
    from (select id, min(turn) as turn from found group by id) f join users u on u.id = f.id
   where u.id <> $1::uuid and not u.banned and ${notGone("u.username")} and ${notMuted("$1", "u.id")} and ${notBlocked("u.id", "$1")}
   order by f.turn, u.username_key
   limit ${maxSuggestions}`;
}

const suggestionRow = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
});
