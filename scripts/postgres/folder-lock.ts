import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { folderError, StartError, systemErrorCode } from "../start-error.ts";
import { startMarkOf } from "./process-identity.ts";

/** A Stoa whose terminal was closed, or that was told to stop, is given this long to leave. */
const patienceMilliseconds = 2_000;

/**
 * Makes this process the only Stoa that uses the folder, until the returned function is called or
 * the process ends. A lock whose process is gone, by whatever death, counts for nothing.
 * Throws a StartError when another Stoa lives in the folder and does not leave within two seconds.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const file = path.join(folder, "owner.lock");
  const mine = `${process.pid}\n${startMarkOf(process.pid)}\n`;
  const end = Date.now() + patienceMilliseconds;
  for (;;) {
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
    if (pid === null) {
      if (theirs !== null) removeStale(file, theirs);
    } else if (Date.now() < end) {
      await sleep(50);
    } else {
      throw new StartError(
        `Another Stoa is using ${folder} (process ${pid}). Stop it first, or set DATA_DIR to another folder.`,
      );
    }
  }
}

/** The process of the Stoa that uses the folder; null where none does. */
export function findOwner(folder: string): number | null {
  const lock = read(path.join(folder, "owner.lock"));
  return lock === null ? null : livingOwner(lock);
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
