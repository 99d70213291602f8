import { mkdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { findBinaries } from "./postgres/binaries.ts";
import { clusterUser, ensureCluster } from "./postgres/cluster.ts";
import { explainFailure, explainQueryFailure, readLogSince } from "./postgres/diagnosis.ts";
import { lockFolder } from "./postgres/folder-lock.ts";
import { chooseLauncher } from "./postgres/launcher.ts";
import { stopLeftover } from "./postgres/leftover.ts";
import { type Server, type ServerOptions, startServer, stopServer } from "./postgres/server.ts";
import { folderError, messageOf, StartError, systemErrorCode } from "./start-error.ts";

export { StartError } from "./start-error.ts";

/**
 * A PostgreSQL of our own: `url` connects to its database `stoa` as its owner, and `data` is the
 * folder of its cluster.
 */
export type BundledPostgres = { url: string; data: string; stop(): Promise<void> };

/**
 * Starts the PostgreSQL that came with the packages, with its data in `folder` (made if missing),
 * on a free port of 127.0.0.1. It keeps running on that port until `stop()`: when its process dies
 * it is started again, and when ours dies, by whatever signal, it ends too. What was left by an
 * unclean end is recovered first. `durable: false` is for tests: faster, and a power cut loses data.
 * Throws a StartError whose message is the one line to show.
 */
export async function startPostgres(options: {
  folder: string;
  durable?: boolean;
  log?: (line: string) => void;
}): Promise<BundledPostgres> {
  const { durable = true, log = () => undefined } = options;
  const folder = makeFolder(path.resolve(options.folder));
  const unlock = await lockFolder(folder);
  try {
    const launcher = chooseLauncher(folder, findBinaries(), log);
    const data = path.join(launcher.folder, "data");
    await stopLeftover(data, log);
    const { password } = await ensureCluster(launcher, durable);
    const logFile = path.join(launcher.folder, "postgres.log");
    const server = await supervise({ launcher, data, logFile, durable, log }, (port) =>
      ensureDatabase(urlOf(port, password)),
    );
    return {
      url: urlOf(server.port, password),
      data,
      stop: async () => {
        await server.stop();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function urlOf(port: number, password: string): string {
  return `postgresql://${clusterUser}:${password}@127.0.0.1:${port}/${clusterUser}`;
}

function makeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return realpathSync(folder);
  } catch (error) {
    throw folderError(folder, error);
  }
}

/** Makes the database when it is missing. */
async function ensureDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    if (systemErrorCode(error) !== "3D000") throw error;
    const maintenance = new Client({ connectionString: url.replace(/[^/]+$/, "postgres") });
    maintenance.on("error", () => undefined);
    await maintenance.connect();
    await maintenance.query(`CREATE DATABASE "${clusterUser}"`).finally(() => maintenance.end());
    return;
  }
  await client.end();
}

/**
 * Keeps a server running on one port. A server that died is started again at once, then every
 * five seconds until it starts (a full disk may be freed meanwhile).
 */
async function supervise(
  options: ServerOptions,
  prepare: (port: number) => Promise<void>,
): Promise<{ port: number; stop(): Promise<void> }> {
  const from = sizeOf(options.logFile);
  let server: Server | null = await startServer(options);
  const { port } = server;
  const stopping = new AbortController();
  const { signal } = stopping;
  let trouble = "";
  const keep = async () => {
    while (!signal.aborted) {
      await server?.ended;
      if (signal.aborted) return;
      if (server) options.log("PostgreSQL ended unexpectedly; starting it again …");
      server = null;
      try {
        server = await startServer(options, port);
        options.log("PostgreSQL runs again.");
        trouble = "";
      } catch (error) {
        if (messageOf(error) !== trouble) options.log(messageOf(error));
        trouble = messageOf(error);
        await sleep(5_000, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  // Where the system cannot tell the server that we died, at least an ordinary exit does.
  const onExit = () => server?.process.kill("SIGINT");
  process.once("exit", onExit);
  const kept = keep();
  const stop = async (patience?: number) => {
    stopping.abort();
    if (server) await stopServer(server, patience);
    await kept;
    // A restart that was under way when we were asked to stop has finished by now.
    if (server) await stopServer(server, patience);
    process.removeListener("exit", onExit);
  };
  try {
    await prepare(port);
  } catch (error) {
    await stop(2_000); // one that crashes again and again does not hear a polite request
    throw explainUnusable(error, options, from);
  }
  return { port, stop: () => stop() };
}

/** Why a server that started cannot be asked; one whose processes crash has told its log why. */
function explainUnusable(error: unknown, { data, logFile }: ServerOptions, from: number): unknown {
  const isCrashing = /recovery mode|terminat|starting up|shutting down|ECONN/.test(messageOf(error));
  if (isCrashing) return explainFailure(readLogSince(logFile, from), data, logFile);
  const explained = explainQueryFailure(error, data);
  if (explained instanceof StartError) return explained;
  return new StartError(`PostgreSQL started but cannot be used: ${messageOf(error)}`, { cause: error });
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
