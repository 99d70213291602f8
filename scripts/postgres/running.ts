import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "../start-error.ts";
import { clusterUser } from "./cluster.ts";
import { findOwner } from "./folder-lock.ts";

/** A Stoa that has just begun may take this long until its PostgreSQL is ready, in milliseconds. */
const patience = 15_000;

/** Whether there is a cluster in the folder of a bundled PostgreSQL. */
export function hasCluster(folder: string): boolean {
  const data = path.join(homeOf(folder), "data");
  return existsSync(data) && readdirSync(data).length > 0;
}

/**
 * The address of the bundled PostgreSQL that another Stoa runs in that folder; null where none runs.
 * Throws a StartError where one should and cannot be asked.
 */
export async function findRunningPostgres(folder: string): Promise<string | null> {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(100)) {
    if (findOwner(folder) === null) return null;
    const url = readAddress(homeOf(folder));
    if (url) return url;
  }
  throw new StartError(`The Stoa that uses ${folder} has no PostgreSQL that is ready. Look at ${folder}/postgres.log.`);
}

/** Where the files are, see launcher.ts: root without user namespaces may keep them elsewhere. */
function homeOf(folder: string): string {
  const pointer = path.join(folder, "where-the-data-is.txt");
  return existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : folder;
}

/** postmaster.pid holds the port on its fourth line and the state on the eighth. */
function readAddress(home: string): string | null {
  try {
    const lines = readFileSync(path.join(home, "data/postmaster.pid"), "utf8").split("\n");
    const password = readFileSync(path.join(home, "password"), "utf8").trim();
    if (lines[7]?.trim() !== "ready") return null;
    return `postgresql://${clusterUser}:${password}@127.0.0.1:${Number(lines[3])}/${clusterUser}`;
  } catch {
    return null;
  }
}
