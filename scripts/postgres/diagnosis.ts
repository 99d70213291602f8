import { readFileSync, statfsSync } from "node:fs";
import path from "node:path";
import { messageOf, StartError, systemErrorCode } from "../start-error.ts";

/** Below this many free bytes PostgreSQL cannot even begin a new log segment (16 MB each). */
const leastFreeBytes = 20_000_000;

/**
 * Turns what PostgreSQL or initdb printed before it gave up into the one line that a person should
 * read. `data` is the cluster's folder, `log` the file that holds the rest, if any.
 */
export function explainFailure(output: string, data: string, log: string | null): StartError {
  const fatal = [...output.matchAll(/(?:FATAL|PANIC):\s+(.*)/g)].map(([, text]) => text);
  const cause =
    fatal.find((text) => text && !text.startsWith("the database system is")) ??
    output.match(/(?:error|could not):?\s+(.*)/)?.[0] ??
    output.trim().split("\n").at(-1);
  const fact = cause?.trim() || "it ended without saying why";
  if (/No space left on device|Disk quota exceeded/.test(output) || freeBytes(data) < leastFreeBytes) {
    return diskFull(data);
  }
  if (/wrong ownership/.test(output)) {
    return new StartError(
      `The database in ${data} belongs to another user. Start Stoa as that user, or set DATA_DIR to a folder of this one.`,
    );
  }
  if (/Permission denied|Operation not permitted|Read-only file system/.test(output)) {
    return new StartError(
      `PostgreSQL may not read or write ${data} (${fact}). Give the folder to the user that runs Stoa.`,
    );
  }
  if (/shared memory segment|Cannot allocate memory|could not map anonymous/.test(output)) {
    return new StartError(`This machine has too little memory for PostgreSQL (${fact}).`);
  }
  const broken =
    /pg_control|checksum|checkpoint record|not a valid data directory|could not (?:open|read|access|locate|find)|invalid|corrupt|incompatible|unrecognized configuration|does not exist|invalid permissions/i;
  if (broken.test(fact) || broken.test(output)) return brokenFolder(data, fact);
  return new StartError(`PostgreSQL did not start: ${fact}.${log ? ` Its log is ${log}.` : ""}`.replaceAll("..", "."));
}

/**
 * Explains an error that a query met on a bundled cluster which started; what is not the cluster's
 * own trouble is returned as it is.
 */
export function explainQueryFailure(error: unknown, data: string): unknown {
  const code = systemErrorCode(error) ?? systemErrorCode(error instanceof Error ? error.cause : null) ?? "";
  if (code === "53100" || /No space left on device/.test(messageOf(error))) return diskFull(data);
  // Files that are missing (58P01), unreadable (58030) or damaged (XX001, XX002), or no database.
  if (["58P01", "58030", "XX001", "XX002", "3D000"].includes(code)) return brokenFolder(data, messageOf(error));
  return error;
}

/** The bytes that this user may still write beside `data`. */
export function freeBytes(data: string): number {
  try {
    const { bavail, bsize } = statfsSync(path.dirname(data));
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

export function diskFull(data: string): StartError {
  return new StartError(
    `The disk is full: PostgreSQL cannot write to ${data}. Free some space, then start again; nothing that was saved is lost.`,
  );
}

/** The line for a cluster that cannot be read, with the way to start anew and lose nothing. */
export function brokenFolder(data: string, fact: string): StartError {
  return new StartError(
    `The database in ${data} cannot be read (${fact}). Restore it from a backup, or move it away (mv ${data} ${data}.broken) to start with an empty one.`,
  );
}

/** The text that a log gained since it was `from` bytes long; the last 64 kB of it at most. */
export function readLogSince(file: string, from: number): string {
  try {
    return readFileSync(file).subarray(from).subarray(-65_536).toString("utf8");
  } catch {
    return "";
  }
}
