import { data } from "react-router";
import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import type { ModNote } from "#app/mod-notes/note.ts";
import { lockPeople } from "#app/moderation/lock-people.server.ts";
import { inTransaction, select } from "#app/server/database.server.ts";
import { isAtLeast } from "#app/users/user.ts";

/** More than anybody reads of one person. */
const mostNotes = 200;

export async function listNotes(userId: string): Promise<ModNote[]> {
  const [row] = await select(
    "mod-notes",
    `select (${notesSql(mostNotes)}) as notes`,
    [userId],
    z.object({ notes: noteRows }),
  );
  return row?.notes ?? [];
}

/** Adds what moderators write to each other about somebody. @throws a 404 response for who is no moderator any more */
export function addNote(viewer: Viewer, about: { userId: string; caseId?: number }, body: string): Promise<void> {
  return inTransaction(async (tx) => {
    const { moderator } = await lockPeople(tx, viewer, about.userId);
    if (!isAtLeast(moderator.role, "moderator")) throw data(null, { status: 404, statusText: "Not Found" });
    await tx.modNote.create({ data: { ...about, authorId: viewer.id, body }, select: { id: true } });
  });
}

/** Of the person $1, the latest first. */
export const notesSql = (most: number) => `
  select coalesce(jsonb_agg(jsonb_build_object(
           'id', n.id, 'body', n.body, 'authorUsername', coalesce(n.username, ''),
           'createdAt', to_char(n.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
           order by n.created_at desc, n.id desc), '[]')
    from (select n.id, n.body, n.created_at, u.username from mod_notes n left join users u on u.id = n.author_id
           where n.user_id = $1::uuid order by n.created_at desc, n.id desc limit ${most}) n`;

export const noteRows = z.array(
  z.object({ id: z.string(), body: z.string(), authorUsername: z.string(), createdAt: z.string() }),
);
