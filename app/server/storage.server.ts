import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
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
