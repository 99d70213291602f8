import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { folderError, StartError, systemErrorCode } from "../start-error.ts";
import { startMarkOf } from "./process-identity.ts";

/**
 * Makes this process the only Stoa that uses the folder, until the returned function is called or
 * the process ends. A lock whose process is gone, by whatever death, counts for nothing.
 * Throws a StartError when another Stoa lives in the folder.
 */
export function lockFolder(folder: string): () => void {
  const file = path.join(folder, "owner.lock");
  const mine = `${process.pid}\n${startMarkOf(process.pid)}\n`;
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      writeFileSync(file, mine, { flag: "wx", mode: 0o600 });
      return () => {
        if (read(file) === mine) rmSync(file, { force: true });
      };
    } catch (error) {
      if (systemErrorCode(error) !== "EEXIST") throw folderError(folder, error);
    }
    const theirs = read(file);
    const pid = theirs === null ? null : livingOwner(theirs);
    if (pid !== null) {
      throw new StartError(
        `Another Stoa is using ${folder} (process ${pid}). Stop it first, or set DATA_DIR to another folder.`,
      );
    }
    if (theirs !== null) removeStale(file, theirs);
  }
  throw new StartError(`${file} cannot be taken: several Stoas are starting here at once.`);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function livingOwner(lock: string): number | null {
  const [pid, mark] = lock.split("\n");
  const living = startMarkOf(Number(pid));
  return living !== null && living === mark ? Number(pid) : null;
}

/**
 * Takes a dead owner's lock away. Of several that try, only one may win: each moves what it finds
 * aside, and whoever finds that it moved a newcomer's lock puts that one back.
 */
function removeStale(file: string, expected: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== expected) {
    try {
      linkSync(aside, file);
    } catch {
      // somebody holds it again: the next attempt reads whom
    }
  }
  rmSync(aside, { force: true });
}
