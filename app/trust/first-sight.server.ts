import { z } from "zod";
import type { NamingText } from "#app/mentions/mentions.server.ts";
import { notBlocked } from "#app/mutes/conditions.server.ts";
import type { Happening } from "#app/notifications/tell.server.ts";
import type { Transaction } from "#app/server/database.server.ts";
import { notGone } from "#app/users/user.ts";

/**
 * What is to be told of a text that a moderator has just let into sight, where it had waited for that: who is named in
 * it, and whom it answers. Nobody whom this text has told already, so that an approval which is undone and done again
 * tells nothing new; and nobody of a text that was told of when it was published.
 */
export async function findUntold(tx: Transaction, text: NamingText): Promise<Happening[]> {
  const rows = untoldRows.parse(
    text.commentId === undefined
      ? await tx.$queryRawUnsafe(untoldOfPostSql, text.postId)
      : await tx.$queryRawUnsafe(untoldOfCommentSql, text.commentId),
  );
  return rows.map((row) => ({ ...row, ...text }));
}

const untoldRows = z.array(z.object({ kind: z.enum(["mention", "reply"]), userId: z.string(), actorId: z.string() }));

/** Some act has ended its waiting: only acts do, and each keeps what was beneath. */
const hadWaited = (of: "post" | "comment") => `
  exists (select from act_effects e where e.aspect = '${of}.held' and e.subject = $1::int::text and e.before is not null)`;

/** Each person once: whom a comment answers is told that, and not that it names them. */
const untoldSql = (of: "post" | "comment", people: string) => `
  select distinct on (told.user_id) told.kind, told.user_id::text as "userId", told.author_id::text as "actorId"
    from (${people}) told join users u on u.id = told.user_id
   where ${hadWaited(of)} and told.user_id <> told.author_id
     and ${notGone("u.username")} and ${notBlocked("told.user_id", "told.author_id")}
     and not exists (select from notifications n where n.user_id = told.user_id and n.${of}_id = $1::int
                      and n.kind in ('mention', 'reply'))
   order by told.user_id, told.kind desc`;

const untoldOfPostSql = untoldSql(
  "post",
  `select 'mention' as kind, m.user_id, p.author_id from mentions m join posts p on p.id = m.post_id where p.id = $1::int`,
);

const untoldOfCommentSql = untoldSql(
  "comment",
  `select 'reply' as kind, p.author_id as user_id, c.author_id from comments c join posts p on p.id = c.post_id
    where c.id = $1::int
    union all
   select 'reply', above.author_id, c.author_id from comments c join comments above on above.id = c.parent_id
    where c.id = $1::int
    union all
   select 'mention', m.user_id, c.author_id from mentions m join comments c on c.id = m.comment_id where c.id = $1::int`,
);
