import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { folderError, StartError } from "../start-error.ts";
import { majorVersion } from "./binaries.ts";
import { brokenFolder, diskFull, explainFailure, freeBytes } from "./diagnosis.ts";
import type { Launcher } from "./launcher.ts";

/** The superuser of a bundled cluster, and the name of its one database. */
export const clusterUser = "stoa";

/** A new cluster takes 40 MB, and a filled one soon the double. */
const neededBytes = 100_000_000;

/**
 * Makes the cluster in `<folder>/data` unless it is there, and returns its folder and password.
 * It appears whole or not at all: what a kill leaves half made is thrown away by the next call.
 * Throws a StartError when there is one that this PostgreSQL cannot read.
 */
export async function ensureCluster(launcher: Launcher, durable: boolean): Promise<{ data: string; password: string }> {
  const data = path.join(launcher.folder, "data");
  const passwordFile = path.join(launcher.folder, "password");
  if (existsSync(data) && readdirOrFail(data).length > 0) {
    refuseUnreadable(data);
    if (existsSync(passwordFile)) {
      return { data, password: readFileSync(passwordFile, "utf8").trim() };
    }
    const password = makePassword(launcher, passwordFile);
    await setPassword(launcher, data, password);
    return { data, password };
  }
  const password = makePassword(launcher, passwordFile);
  const unfinished = path.join(launcher.folder, "data.unfinished");
  try {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
    launcher.own(unfinished);
  } catch (error) {
    throw folderError(launcher.folder, error);
  }
  if (freeBytes(unfinished) < neededBytes) throw diskFull(launcher.folder);
  await initialize(launcher, unfinished, passwordFile, durable);
  renameSync(unfinished, data);
  syncFolder(launcher.folder);
  return { data, password };
}

function readdirOrFail(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw folderError(folder, error);
  }
}

function refuseUnreadable(data: string): void {
  const file = path.join(data, "PG_VERSION");
  if (!existsSync(file)) throw brokenFolder(data, "it holds no PG_VERSION");
  const version = readFileSync(file, "utf8").trim();
  if (!/^\d+$/.test(version)) throw brokenFolder(data, "its PG_VERSION is not a number");
  if (version === majorVersion) return;
  throw new StartError(
    `The database in ${data} was made by PostgreSQL ${version}, and this Stoa brings ${majorVersion}. Dump it with PostgreSQL ${version} and load it into a new one, or move it away (mv ${data} ${data}.${version}).`,
  );
}

function makePassword(launcher: Launcher, file: string): string {
  const password = randomBytes(24).toString("base64url");
  try {
    writeFileSync(file, `${password}\n`, { mode: 0o600, flush: true });
    chmodSync(file, 0o600);
    launcher.own(file);
  } catch (error) {
    throw folderError(path.dirname(file), error);
  }
  return password;
}

async function initialize(launcher: Launcher, data: string, passwordFile: string, durable: boolean): Promise<void> {
  let output = "";
  // Sorting and case never depend on the system's locales; its character classes do, for full text.
  for (const locale of ["C.UTF-8", "en_US.UTF-8", "C"]) {
    const [ok, text] = await run(launcher, launcher.binaries.initdb, [
      `--pgdata=${data}`,
      `--username=${clusterUser}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      `--locale=${locale}`,
      "--no-instructions",
      ...(durable ? [] : ["--no-sync"]),
    ]);
    if (ok) return;
    output = text;
    if (!/locale name|locale settings/.test(text)) break;
  }
  rmSync(data, { recursive: true, force: true });
  throw explainFailure(output, data, null);
}

/** For a data folder that came without its password, such as one restored from a backup. */
async function setPassword(launcher: Launcher, data: string, password: string): Promise<void> {
  const [ok, output] = await run(
    launcher,
    launcher.binaries.postgres,
    ["--single", "-D", data, "postgres"],
    `ALTER ROLE "${clusterUser}" PASSWORD '${password}'\n`,
  );
  if (!ok || /ERROR:|FATAL:/.test(output)) throw explainFailure(output, data, null);
}

/** Runs one of PostgreSQL's programs to its end; false when it failed, with what it printed. */
function run(launcher: Launcher, program: string, args: string[], input = ""): Promise<[boolean, string]> {
  const [command, all] = launcher.wrap(program, args);
  return new Promise((resolve) => {
    const child = spawn(command, all, { cwd: "/", env: postgresEnvironment() });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    child.on("error", (error) => resolve([false, error.message]));
    child.on("close", (code) => resolve([code === 0, output]));
  });
}

/** Our environment without what would steer PostgreSQL (`PGDATA`, `PGPORT`, `LC_ALL` …). */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), TZ: "UTC" };
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
