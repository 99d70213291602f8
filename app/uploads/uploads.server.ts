import { randomBytes } from "node:crypto";
import { href } from "react-router";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { source } from "#app/middleware/rate-limit.ts";
import { inTransaction, type Transaction } from "#app/server/database.server.ts";
import { deleteStoredFile, storeFile } from "#app/server/storage.server.ts";
import { whyNoPicture } from "#app/trust/admission.server.ts";
import { type Encoded, encodeAvatar, encodeImage, PictureRefused } from "#app/uploads/images.server.ts";
import { imageKey, type UploadKind } from "#app/uploads/upload.ts";

/** What one person's pictures may take together. */
export const quotaBytes = 200 * 1024 * 1024;

/** A picture that was added, and where it is. */
export interface AddedImage {
  address: string;
  width: number;
  height: number;
}

/** Takes a picture for a text of the viewer's. The file is stored before its row: a row always has its file. */
export async function addImage(viewer: Pick<Viewer, "id" | "sessionId">, file: Buffer): Promise<AddedImage> {
  const image = await encodeImage(file, viewer.id);
  const key = imageKey(randomName(), image);
  await storing({ [key]: image.bytes }, () =>
    inTransaction(async (tx) => {
      await assertStillMay(tx, viewer);
      const gate = await whyNoPicture(tx, viewer);
      if (gate) throw new PictureRefused(gate);
      await recordUpload(tx, { ownerId: viewer.id, key, kind: "image", ...sizeOf([image]) });
    }),
  );
  return { address: href("/media/:key", { key }), width: image.width, height: image.height };
}

/** A person's picture, encoded and stored, whose row is still to be written by `recordUpload`. */
export interface StoredAvatar {
  key: string;
  files: Record<string, Buffer>;
  width: number;
  height: number;
  bytes: number;
}

/**
 * Encodes a person's picture under a new key; nothing is stored yet. Who joins has no id yet: what comes from one
 * address waits in one line.
 * @param by null for the site's own picture, without limits
 */
export async function prepareAvatar(file: Buffer, by: string | null = source()): Promise<StoredAvatar> {
  const sizes = await encodeAvatar(file, by);
  const key = randomName();
  const files = Object.fromEntries(sizes.map(({ width, bytes }) => [`${key}-${width}.webp`, bytes]));
  return { key, files, ...sizeOf(sizes) };
}

/**
 * Stores files, then does `work`, which writes their row. Files of a refused picture go again at once; after any
 * other failure nobody knows whether the row was written, and collectUnusedUploads finds out later.
 */
export async function storing<T>(files: Record<string, Buffer>, work: () => Promise<T>): Promise<T> {
  for (const [key, bytes] of Object.entries(files)) await storeFile(key, bytes);
  try {
    return await work();
  } catch (error) {
    if (error instanceof PictureRefused) await Promise.all(Object.keys(files).map((key) => deleteStoredFile(key)));
    throw error;
  }
}

/** Writes down whose a stored picture is. @throws PictureRefused where the person's pictures take too much already */
export async function recordUpload(
  tx: Transaction,
  upload: { ownerId: string; key: string; kind: UploadKind; width: number; height: number; bytes: number },
): Promise<void> {
  const { ownerId, bytes } = upload;
  // One person's uploads stand in line, so that many at once cannot pass the limit together.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`uploads of ${ownerId}`}, 0))`;
  const { _sum } = await tx.upload.aggregate({ where: { ownerId }, _sum: { bytes: true } });
  if ((_sum.bytes ?? 0) + bytes > quotaBytes) {
    throw new PictureRefused("Your pictures take 200 MB together, which is the limit.");
  }
  await tx.upload.create({ data: upload });
}

/** 128 random bits: nobody guesses the address of a picture that they were not shown. */
function randomName(): string {
  return randomBytes(16).toString("hex");
}

function sizeOf(pictures: Encoded[]): { width: number; height: number; bytes: number } {
  return {
    width: Math.max(...pictures.map(({ width }) => width)),
    height: Math.max(...pictures.map(({ height }) => height)),
    bytes: pictures.reduce((sum, picture) => sum + picture.bytes.length, 0),
  };
}
