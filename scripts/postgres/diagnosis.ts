import { readFileSync } from "node:fs";
import { StartError } from "../start-error.ts";

/**
 * Turns what PostgreSQL or initdb printed before it gave up into the one line that a person should
 * read. `data` is the cluster's folder, `log` the file that holds the rest, if any.
 */
export function explainFailure(output: string, data: string, log: string | null): StartError {
  const cause =
    [...output.matchAll(/(?:FATAL|PANIC):\s+(.*)/g)].at(-1)?.[1] ??
    output.match(/(?:error|could not):?\s+(.*)/)?.[0] ??
    output.trim().split("\n").at(-1) ??
    "";
  const fact = cause.trim() || "it ended without saying why";
  if (/No space left on device|Disk quota exceeded/.test(output)) {
    return new StartError(
      `The disk is full: PostgreSQL cannot write to ${data}. Free some space, then start again; nothing that was saved is lost.`,
    );
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
