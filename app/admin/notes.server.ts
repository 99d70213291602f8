import { data } from "react-router";
import { z } from "zod";
import { noteRows, notesSql } from "#app/admin/dossier.server.ts";
import type { ModNoteLine } from "#app/admin/dossier.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { lockPeople } from "#app/moderation/lock-people.server.ts";
import { inTransaction, select } from "#app/server/database.server.ts";
import { isAtLeast } from "#app/users/user.ts";

/** More than anybody reads of one person. */
const mostNotes = 200;

export async function listNotes(userId: string): Promise<ModNoteLine[]> {
  const [row] = await select(
    "mod-notes",
    `select (${notesSql(mostNotes)}) as notes`,
    [userId],
    z.object({ notes: noteRows }),
  );
  return row?.notes ?? [];
}

/** Adds what moderators write to each other about somebody. @throws a 404 response for who is no moderator any more */
export function addNote(viewer: Viewer, userId: string, body: string): Promise<void> {
  return inTransaction(async (tx) => {
    const { moderator } = await lockPeople(tx, viewer, userId);
    if (!isAtLeast(moderator.role, "moderator")) throw data(null, { status: 404, statusText: "Not Found" });
    await tx.modNote.create({ data: { userId, authorId: viewer.id, body }, select: { id: true } });
  });
}
