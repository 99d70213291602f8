import { data } from "react-router";
import { z } from "zod";
import { threadPath } from "#app/comments/comment.ts";
import { type LogEntry, type LogSearch, publicKinds } from "#app/moderation/log/log-entry.ts";
import { aRole, operatorName } from "#app/moderation/moderation.ts";
import { actionColumns, actionRow, systemActor } from "#app/moderation/moderation-log.server.ts";
import type { Rule } from "#app/moderation/rule.ts";
import { postPath } from "#app/posts/post.ts";
import { isPublic } from "#app/posts/posts.server.ts";
import { select } from "#app/server/database.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";
import { isGone, roles } from "#app/users/user.ts";

/** Lines on one page, and in the feed. */
export const logPageSize = 25;

/** Whether the log names who acts. */
export async function namesAreShown(): Promise<boolean> {
  return (await findSiteSetting("moderation")).showNames;
}

/** One page of what moderators did, the latest first: one statement, and the site's rules. */
export async function listLog(
  search: LogSearch,
  after: Cursor | null,
  showNames: boolean,
): Promise<{ entries: LogEntry[]; next: string | null }> {
  const { name, where, values } = conditionsOf(search, after);
  const [rows, { list }] = await Promise.all([
    select(`log${name}`, logSql(where), [logPageSize + 1, publicKinds, ...values], logRow),
    findSiteSetting("rules"),
  ]);
  const last = rows[logPageSize - 1];
  return {
    entries: rows.slice(0, logPageSize).map((row) => toEntry(row, list, showNames)),
    next: rows.length > logPageSize && last ? formatCursor({ at: new Date(last.createdAt), id: last.id }) : null,
  };
}

/** One line. @throws a 404 response where there is none that everybody may read */
export async function findLogEntry(actionId: string, showNames: boolean): Promise<LogEntry> {
  const nowhere = data(null, { status: 404, statusText: "Not Found" });
  if (!z.uuid().safeParse(actionId).success) throw nowhere;
  const [rows, { list }] = await Promise.all([
    select("log-entry", logSql("and m.id = $3::uuid"), [1, publicKinds, actionId], logRow),
    findSiteSetting("rules"),
  ]);
  if (!rows[0]) throw nowhere;
  return toEntry(rows[0], list, showNames);
}

/** A statement of its own for each set of filters, so that each has the plan of its index. */
function conditionsOf({ kind, moderator, from, to }: LogSearch, after: Cursor | null) {
  const name: string[] = [];
  const conditions: string[] = [];
  const values: unknown[] = [];
  const add = (word: string, condition: (place: string) => string, ...added: unknown[]) => {
    name.push(`-${word}`);
    conditions.push(`and ${condition(`$${values.length + 3}`)}`);
    values.push(...added);
  };
  if (kind) add("kind", (place) => `m.kind = ${place}`, kind);
  if (moderator) {
    const ofName = (place: string) => `m.moderator_id = (select id from users where username_key = ${place})`;
    add("by", ofName, moderator.toLowerCase());
  }
  if (from) add("from", (place) => `m.created_at >= ${place}::timestamptz`, `${from}T00:00:00Z`);
  if (to) add("to", (place) => `m.created_at < ${place}::timestamptz + interval '1 day'`, `${to}T00:00:00Z`);
  if (after) {
    const beyond = `(m.created_at, m.id) < ($${values.length + 3}::timestamptz, $${values.length + 4}::uuid)`;
    add("after", () => beyond, after.at, after.id);
  }
  return { name: name.join(""), where: conditions.join(" "), values };
}

/** What undid something is as public as what it undid. */
const logSql = (where: string) => `
  select ${actionColumns}, m.subject_user_id is not null as "hasSubject", s.username as subject,
         actor.username as actor, actor.role::text as "actorRole",
         case when p.id is not null then jsonb_build_object('id', p.id, 'title', p.title) end as post,
         case when c.id is not null then jsonb_build_object('id', cp.id, 'title', cp.title) end as "commentedPost",
         (select n.id::text from moderation_actions n
           where n.reverses_id = m.id and n.kind = 'undo' order by n.created_at desc limit 1) as "undoneBy",
         coalesce((select not a.granted from appeals a where a.action_id = m.id), false) as upheld
    from (select * from moderation_actions m
           where m.kind = any($2::text[])
             and (m.kind <> 'undo' or coalesce(m.details ->> 'root', m.details ->> 'undone') = any($2::text[])
                                      and coalesce(m.details ->> 'root', m.details ->> 'undone') <> 'undo')
             ${where}
           order by m.created_at desc, m.id desc limit $1) m
    left join users s on s.id = m.subject_user_id
    left join users actor on actor.id = m.moderator_id
    left join posts p on p.id = m.subject_post_id and not m.details ? 'commentId' and ${isPublic}
    left join comments c on c.id = (m.details ->> 'commentId')::int and c.deleted_at is null and c.removed_at is null
    left join posts cp on cp.id = c.post_id and ${isPublic.replaceAll("p.", "cp.")}
   order by m.created_at desc, m.id desc`;

const place = z.object({ id: z.number(), title: z.string() });
const logRow = actionRow.extend({
  hasSubject: z.boolean(),
  subject: z.string().nullable(),
  actor: z.string().nullable(),
  actorRole: z.enum(roles).nullable(),
  post: place.nullable(),
  commentedPost: z.object({ id: z.number().nullable(), title: z.string().nullable() }).nullable(),
  undoneBy: z.string().nullable(),
  upheld: z.boolean(),
});

function toEntry(row: z.infer<typeof logRow>, rules: Rule[], showNames: boolean): LogEntry {
  const { id, kind, reason, createdAt, expiresAt, from, to, undone, reversesId, undoneBy, upheld } = row;
  const named = showNames && row.actor !== null && !isGone(row.actor);
  return {
    ...{ id, kind, reason, createdAt, expiresAt, from, to, undone, undoneBy, upheld },
    reversesId: kind === "undo" ? reversesId : null,
    by: named ? `@${row.actor}` : byWhom(row),
    byUsername: named ? row.actor : null,
    subject: row.hasSubject ? { username: row.subject && !isGone(row.subject) ? row.subject : null } : null,
    rule: row.rule === null ? null : (rules.find(({ key }) => key === row.rule)?.title ?? row.rule),
    thing: thingOf(row),
  };
}

function byWhom({ moderatorUsername, actorRole }: z.infer<typeof logRow>): string {
  if (moderatorUsername === operatorName) return "the server's operator";
  if (moderatorUsername === systemActor.username) return "the site itself";
  return aRole(actorRole === "admin" ? "admin" : "moderator");
}

function thingOf({ post, commentId, commentedPost }: z.infer<typeof logRow>): LogEntry["thing"] {
  if (post) return { url: postPath(post), title: post.title || "Untitled" };
  const { id, title } = commentedPost ?? { id: null, title: null };
  return commentId !== null && id !== null
    ? { url: threadPath(postPath({ id, title: title ?? "" }), commentId), title: null }
    : null;
}
