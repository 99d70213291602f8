import type { ReadableStream } from "node:stream/web";
import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import { giveNotice } from "#app/auth/notices.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { keptHours, type ShownExport } from "#app/exports/export.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction } from "#app/server/database.server.ts";
import { enqueue } from "#app/server/jobs.server.ts";
import { deleteStoredFile, openStoredFile } from "#app/server/storage.server.ts";

/** An export that was not made in this time is not made any more: its job has given up. */
const longestMs = 2 * 3_600_000;

/** Asks for an export of everything about the viewer. One that is under way already is the answer. */
export async function askForExport(viewer: Viewer, facts: RequestFacts): Promise<void> {
  const underWay = { userId: viewer.id, finishedAt: null, failedAt: null };
  if ((await db.dataExport.count({ where: underWay })) > 0) return;
  await spend("export-by-user", viewer.id);
  await inTransaction(async (tx) => {
    // Whoever asks twice at once waits here for their own row.
    await assertStillMay(tx, viewer, { evenBanned: true });
    if ((await tx.dataExport.count({ where: underWay })) > 0) return;
    const { id } = await tx.dataExport.create({ data: { userId: viewer.id }, select: { id: true } });
    await enqueue(tx, "make-export", { exportId: id });
    await recordEvent(tx, "export-asked", { actorId: viewer.id, userId: viewer.id, ...facts });
    await giveNotice(tx, viewer.id, "export-asked", facts);
  });
}

/** The viewer's exports that can be fetched, or are under way, or have just failed; the newest first. */
export async function listExports(viewer: Viewer): Promise<ShownExport[]> {
  const rows = await db.dataExport.findMany({
    where: { userId: viewer.id, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
    orderBy: { createdAt: "desc" },
    take: 10,
    select: {
      id: true,
      createdAt: true,
      progress: true,
      finishedAt: true,
      failedAt: true,
      bytes: true,
      expiresAt: true,
    },
  });
  return rows.map(({ id, createdAt, progress, finishedAt, failedAt, bytes, expiresAt }) => ({
    id,
    askedAt: createdAt.toISOString(),
    progress,
    state: failedAt ? "failed" : finishedAt ? "ready" : "under way",
    bytes,
    expiresAt: expiresAt?.toISOString() ?? null,
  }));
}

/** The file of an export of the viewer's, as long as it can be fetched; null for anything else. */
export async function openExport(
  viewer: Pick<Viewer, "id">,
  id: string,
): Promise<{ stream: ReadableStream; bytes: number; madeAt: Date } | null> {
  const found =
    z.uuid().safeParse(id).success &&
    (await db.dataExport.findFirst({
      where: { id, userId: viewer.id, expiresAt: { gt: new Date() } },
      select: { fileKey: true, finishedAt: true },
    }));
  if (!found || found.fileKey === null || found.finishedAt === null) return null;
  const file = await openStoredFile(found.fileKey);
  return file && { ...file, madeAt: found.finishedAt };
}

/** Removes what has had its time, the file first; marks as failed what was never made. Safe to run twice, or at once. */
export async function removeOldExports(now = new Date()): Promise<void> {
  await db.dataExport.updateMany({
    where: { finishedAt: null, failedAt: null, createdAt: { lt: new Date(now.getTime() - longestMs) } },
    data: { failedAt: now, expiresAt: new Date(now.getTime() + keptHours * 3_600_000) },
  });
  const over = await db.dataExport.findMany({
    where: { expiresAt: { lte: now } },
    select: { id: true, fileKey: true },
  });
  for (const { id, fileKey } of over) {
    if (fileKey) await deleteStoredFile(fileKey);
    await db.dataExport.deleteMany({ where: { id } });
  }
}
