import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { fileURLToPath } from "node:url";
import { settings } from "#app/server/env.server.ts";

/** Keys are made by us and are safe file names; anything else names no file. */
const keyPattern = /^[a-z0-9][a-z0-9.-]{8,80}$/;

/** Stores the bytes under the key; when it returns they are on disk, whole. */
export async function storeFile(key: string, bytes: Buffer): Promise<void> {
  const file = fileOf(key);
  if (!file) throw new Error("not a storage key");
  await mkdir(path.dirname(file), { recursive: true });
  const part = `${file}.part`;
  const handle = await open(part, "w", 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, file);
}

/**
 * Stores what comes out of a stream, a piece at a time; when it returns the file is on disk, whole.
 * @returns how many bytes there were
 */
export async function storeStream(key: string, stream: AsyncIterable<Uint8Array>): Promise<number> {
  const file = fileOf(key);
  if (!file) throw new Error("not a storage key");
  await mkdir(path.dirname(file), { recursive: true });
  const part = `${file}.part`;
  const handle = await open(part, "w", 0o600);
  let bytes = 0;
  try {
    for await (const piece of stream) {
      await handle.writeFile(piece);
      bytes += piece.length;
    }
    await handle.sync();
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await rename(part, file);
  return bytes;
}

/** The file as a stream and its size, or null when there is no such file. */
export async function openStoredFile(key: string): Promise<{ stream: ReadableStream; bytes: number } | null> {
  const file = fileOf(key);
  const handle = file && (await open(file, "r").catch(() => null));
  if (!handle) return null;
  const { size } = await handle.stat();
  return { stream: Readable.toWeb(handle.createReadStream()), bytes: size };
}

/** The bytes, or null when there is no such file. */
export async function readStoredFile(key: string): Promise<Buffer | null> {
  const file = fileOf(key);
  return file ? readFile(file).catch(() => null) : null;
}

export async function deleteStoredFile(key: string): Promise<void> {
  const file = fileOf(key);
  if (file) await rm(file, { force: true });
}

/** Every file in the store, also those that an interrupted write left half done. */
export async function* listStoredFiles(): AsyncGenerator<{ key: string; storedAt: Date }> {
  for (const folder of await readdir(storageRoot()).catch(() => [])) {
    for (const key of await readdir(path.join(storageRoot(), folder)).catch(() => [])) {
      const found = await stat(path.join(storageRoot(), folder, key)).catch(() => null);
      if (found?.isFile()) yield { key, storedAt: found.mtime };
    }
  }
}

function fileOf(key: string): string | null {
  if (!keyPattern.test(key)) return null;
  // Two letters of the random name spread the files over folders.
  return path.join(storageRoot(), key.slice(0, 2), key);
}

function storageRoot(): string {
  const { storageUrl, dataDir } = settings();
  return storageUrl ? fileURLToPath(storageUrl) : path.resolve(dataDir, "media");
}
