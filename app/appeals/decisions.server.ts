import { data } from "react-router";
import { z } from "zod";
import { isAppealable } from "#app/appeals/appeal.ts";
import type { Decision, DecisionLine } from "#app/appeals/decision.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { threadPath } from "#app/comments/comment.ts";
import { aRole, operatorName } from "#app/moderation/moderation.ts";
import { actionColumns, actionRow } from "#app/moderation/moderation-log.server.ts";
import { postPath } from "#app/posts/post.ts";
import { select } from "#app/server/database.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";
import { roles } from "#app/users/user.ts";

/** A decision about the viewer. @throws a 404 response where there is none of that id that is about them */
export async function findDecision(viewer: Viewer, actionId: string): Promise<Decision> {
  const nowhere = data(null, { status: 404, statusText: "Not Found" });
  if (!z.uuid().safeParse(actionId).success) throw nowhere;
  const [row] = await select("decision", decisionSql, [actionId, viewer.id], decisionRow);
  if (!row) throw nowhere;
  const { list } = row.rule ? await findSiteSetting("rules") : { list: [] };
  const { moderatorUsername, actorRole, rule, post, comment, appeal, over, ...action } = row;
  return {
    ...action,
    by: byWhom(moderatorUsername, actorRole),
    rule: rule
      ? (list.find(({ key }) => key === rule) ?? { key: rule, title: rule.replaceAll("-", " "), text: "" })
      : null,
    standing: action.undone ? "undone" : over ? "over" : "stands",
    text: textOf(post, comment),
    appeal: appeal && {
      body: appeal.body,
      createdAt: appeal.createdAt.toISOString(),
      answer:
        appeal.granted === null
          ? null
          : { granted: appeal.granted, text: appeal.answer, at: appeal.decidedAt?.toISOString() ?? "" },
    },
    mayAppeal: appeal === null && !action.undone && isAppealable(action),
  };
}

function byWhom(username: string, role: Decision["to"]): string {
  if (username === operatorName) return "the server's operator";
  if (username === "system") return "the site itself";
  return aRole(role === "admin" ? "admin" : "moderator");
}

function textOf(
  post: z.infer<typeof decisionRow>["post"],
  comment: z.infer<typeof decisionRow>["comment"],
): Decision["text"] {
  if (comment) return { ...comment, title: null, url: threadPath(postPath(comment.post), comment.id) };
  return post && { title: post.title || "Untitled", html: post.html, removed: post.removed, url: postPath(post) };
}

const decisionSql = `
  select ${actionColumns}, u.role::text as "actorRole",
         case m.kind when 'ban' then me.ban_id is distinct from m.ban_id or coalesce(m.expires_at <= now(), false)
                     when 'silence' then coalesce(m.expires_at <= now() or me.silenced_until <= now(), true)
                     when 'remove-post' then p.id is not null and p.removed_at is null
                     when 'remove-comment' then c.id is not null and c.removed_at is null
                     when 'lock-post' then p.id is not null and p.locked_at is null
                     else false end as over,
         case when p.id is not null then jsonb_build_object(
           'id', p.id, 'title', p.title, 'html', p.body_html, 'removed', p.removed_at is not null) end as post,
         case when c.id is not null then jsonb_build_object(
           'id', c.id, 'html', c.body_html, 'removed', c.removed_at is not null,
           'post', jsonb_build_object('id', cp.id, 'title', cp.title)) end as comment,
         case when a.id is not null then jsonb_build_object(
           'body', a.body, 'createdAt', a.created_at, 'granted', a.granted, 'answer', a.answer,
           'decidedAt', a.decided_at) end as appeal
    from moderation_actions m
    join users me on me.id = m.subject_user_id
    left join users u on u.id = m.moderator_id
    left join posts p on p.id = m.subject_post_id and p.author_id = $2::uuid and p.deleted_at is null
    left join comments c on c.id = (m.details ->> 'commentId')::int and c.author_id = $2::uuid and c.deleted_at is null
    left join posts cp on cp.id = c.post_id
    left join appeals a on a.action_id = m.id
   where m.id = $1::uuid and m.subject_user_id = $2::uuid and m.kind <> 'reopen'`;

const place = z.object({ id: z.number(), title: z.string() });
const decisionRow = actionRow.extend({
  actorRole: z.enum(roles).nullable(),
  over: z.boolean(),
  post: place.extend({ html: z.string(), removed: z.boolean() }).nullable(),
  comment: z.object({ id: z.number(), html: z.string(), removed: z.boolean(), post: place }).nullable(),
  appeal: z
    .object({
      body: z.string(),
      createdAt: z.coerce.date(),
      granted: z.boolean().nullable(),
      answer: z.string(),
      decidedAt: z.coerce.date().nullable(),
    })
    .nullable(),
});

/** Lines on one page. */
const pageSize = 25;

/** One page of what moderators decided about the viewer, the latest first. */
export async function listDecisions(
  viewer: Viewer,
  after: Cursor | null,
): Promise<{ decisions: DecisionLine[]; next: string | null }> {
  const values = [viewer.id, pageSize + 1, ...(after ? [after.at, after.id] : [])];
  const rows = await select(`decisions${after ? "-after" : ""}`, listSql(after !== null), values, lineRow);
  const last = rows[pageSize - 1];
  const isMore = rows.length > pageSize && last;
  return {
    decisions: rows.slice(0, pageSize).map(({ granted, appealed, ...line }) => ({
      ...line,
      appeal: !appealed ? null : granted === null ? "waits" : granted ? "granted" : "upheld",
    })),
    next: isMore ? formatCursor({ at: new Date(last.createdAt), id: last.id }) : null,
  };
}

/**
 * What answers an appeal is shown with what was appealed against. Whoever was reported, and nothing was decided against
 * them, was not told of it: they are not told that it is looked at again, either.
 */
function listSql(paged: boolean): string {
  return `
    select ${actionColumns}, a.id is not null as appealed, a.granted
      from moderation_actions m left join appeals a on a.action_id = m.id
     where m.subject_user_id = $1::uuid and m.kind not in ('appeal', 'reopen')
       ${paged ? "and (m.created_at, m.id) < ($3::timestamptz, $4::uuid)" : ""}
     order by m.created_at desc, m.id desc limit $2`;
}

const lineRow = actionRow.extend({ appealed: z.boolean(), granted: z.boolean().nullable() });
