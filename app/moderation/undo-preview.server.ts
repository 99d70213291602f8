import { data } from "react-router";
import { z } from "zod";
import type { ModerationAction } from "#app/moderation/moderation.ts";
import { actionColumns, actionRow } from "#app/moderation/moderation-log.server.ts";
import { select } from "#app/server/database.server.ts";

/** What an undo would change, in sentences: of each kind of thing how many, and how many not any more. */
export interface UndoPreview {
  action: ModerationAction;
  /** whom it concerns; null where it is many */
  username: string | null;
  changes: string[];
}

/** @throws a 404 response where there is no such action */
export async function previewUndo(actionId: string): Promise<UndoPreview> {
  const nowhere = data(null, { status: 404, statusText: "Not Found" });
  if (!z.uuid().safeParse(actionId).success) throw nowhere;
  const [action] = await select(
    "undo-action",
    `select ${actionColumns}, u.username from moderation_actions m left join users u on u.id = m.subject_user_id
      where m.id = $1::uuid`,
    [actionId],
    actionRow.extend({ username: z.string().nullable() }),
  );
  if (!action) throw nowhere;
  const groups = await select("undo-effects", effectsSql, [actionId], groupRow);
  const { username, ...rest } = action;
  return { action: rest, username, changes: groups.flatMap(sentences) };
}

/** What undoing several acts at once would change, in sentences. */
export async function previewUndos(actionIds: string[]): Promise<string[]> {
  const groups = await select("undo-effects-of-several", effectsOfSeveralSql, [actionIds], groupRow);
  return groups.flatMap(sentences);
}

/** Of each thing the last of these acts' effects on it: what lies over that one stays. */
const effectsOfSeveralSql = `
  select aspect, count(*)::int as count,
         count(*) filter (where superseded_at is not null)::int as superseded,
         count(*) filter (where superseded_at is null and covered)::int as covered
    from (select distinct on (e.aspect, e.subject) e.aspect, e.id, e.superseded_at,
                 exists (select from act_effects n
                          where n.aspect = e.aspect and n.subject = e.subject and n.id > e.id and n.undone_at is null
                            and n.action_id <> all ($1::uuid[])) as covered
            from act_effects e where e.action_id = any ($1::uuid[]) and e.undone_at is null
           order by e.aspect, e.subject, e.id desc) last
   group by aspect order by min(id)`;

const effectsSql = `
  select e.aspect, count(*)::int as count,
         count(*) filter (where e.superseded_at is not null)::int as superseded,
         count(*) filter (where exists (
           select from act_effects n where n.aspect = e.aspect and n.subject = e.subject and n.id > e.id
                                       and n.undone_at is null))::int as covered
    from act_effects e where e.action_id = $1::uuid and e.undone_at is null
   group by e.aspect order by min(e.id)`;

const groupRow = z.object({
  aspect: z.string(),
  count: z.number(),
  superseded: z.number(),
  covered: z.number(),
});

function sentences({ aspect, count, superseded, covered }: z.infer<typeof groupRow>): string[] {
  const words = aspectWords[aspect];
  if (!words) return [];
  const shown = count - superseded - covered;
  const [one, many] = words;
  const numbered = (number: number) => (number === 1 ? one : many.replace("#", number.toLocaleString("en-GB")));
  return [
    ...(shown > 0 ? [`${numbered(shown)} as before.`] : []),
    ...(superseded > 0 ? [`${numbered(superseded)} as the person has changed it since.`] : []),
    ...(covered > 0 ? [`${numbered(covered)} as a later act left it.`] : []),
  ];
}

/** Of one, and of "#" many. */
const aspectWords: Record<string, [string, string]> = {
  "post.removed": ["One post is seen or not", "# posts are seen or not"],
  "post.held": ["Whether the post waits for a look is", "Whether # posts wait for a look is"],
  "post.published": ["The time of its publishing is", "The times of # publishings are"],
  "post.locked": ["The lock of the post is", "The locks of # posts are"],
  "post.featured": ["The place on the front page is", "The places of # posts on the front page are"],
  "comment.removed": ["One comment is seen or not", "# comments are seen or not"],
  "comment.held": ["Whether the comment waits for a look is", "Whether # comments wait for a look is"],
  "user.ban": ["The ban, and the sessions that it ended, are", "# bans are"],
  "user.role": ["The role is", "# roles are"],
  "user.silenced": ["The silence is", "# silences are"],
  "user.name": ["The name is", "# names are"],
  "user.bio": ["What they say of themselves is", "# texts about themselves are"],
  "user.website": ["Their link is", "# links are"],
  "user.avatar": ["Their picture is", "# pictures are"],
  "user.username": ["Their username is", "# usernames are"],
  "session.expiry": ["One device is signed in", "# devices are signed in"],
  "device.expiry": ["One browser is trusted", "# browsers are trusted"],
  undo: ["One act that was undone counts again,", "# acts that were undone count again,"],
  warning: ["Their record is without this warning,", "# warnings are gone,"],
};
