import { randomBytes } from "node:crypto";
import { makeZip } from "client-zip";
import { giveNotice } from "#app/auth/notices.server.ts";
import { keptHours } from "#app/exports/export.ts";
import { countParts, listParts } from "#app/exports/parts.server.ts";
import { db, inTransaction } from "#app/server/database.server.ts";
import { deleteStoredFile, storeStream } from "#app/server/storage.server.ts";

/**
 * Makes an export that was asked for. Each try writes a file of its own from the start; the first that is whole is the
 * export, and what a try leaves behind that was killed is collected with all files that belong to nothing.
 */
export async function makeExport(exportId: string): Promise<void> {
  const wanted = await findUnmade(exportId);
  if (!wanted) return;
  const { userId } = wanted;
  const fileKey = `${randomBytes(16).toString("hex")}-export.zip`;
  const total = await countParts(userId);
  const zip = makeZip(withProgress(listParts(userId), total, (percent) => noteProgress(exportId, percent)));
  const bytes = await storeStream(fileKey, zip);
  const kept = await inTransaction(async (tx) => {
    const finishedAt = new Date();
    const { count } = await tx.dataExport.updateMany({
      where: { id: exportId, finishedAt: null, failedAt: null },
      data: {
        fileKey,
        bytes,
        finishedAt,
        progress: 100,
        expiresAt: new Date(finishedAt.getTime() + keptHours * 3_600_000),
      },
    });
    if (count > 0) await giveNotice(tx, userId, "export-ready", null);
    return count > 0;
  });
  // Somebody was faster, or whoever asked is gone.
  if (!kept) await deleteStoredFile(fileKey);
}

function findUnmade(id: string) {
  return db.dataExport.findFirst({ where: { id, finishedAt: null, failedAt: null }, select: { userId: true } });
}

async function noteProgress(id: string, progress: number): Promise<void> {
  await db.dataExport.updateMany({ where: { id, finishedAt: null }, data: { progress } });
}

/** Passes the parts on and tells how many hundredths have passed, each only once. */
async function* withProgress<Part>(
  parts: AsyncIterable<Part>,
  total: number,
  note: (percent: number) => Promise<void>,
): AsyncGenerator<Part> {
  let passed = 0;
  let noted = 0;
  for await (const part of parts) {
    yield part;
    passed += 1;
    // The last hundredth is the whole file.
    const percent = Math.min(99, Math.floor((100 * passed) / total));
    if (percent > noted) await note(percent);
    noted = Math.max(noted, percent);
  }
}
