import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { folderError } from "../start-error.ts";
import { postgresEnvironment } from "./cluster.ts";
import { explainFailure, readLogSince } from "./diagnosis.ts";
import type { Launcher } from "./launcher.ts";

/** A running postmaster. `ended` resolves when its process is gone, for whatever reason. */
export type Server = { port: number; process: ChildProcess; ended: Promise<void> };

export type ServerOptions = {
  launcher: Launcher;
  data: string;
  /** What PostgreSQL writes, in bytes appended to this file; above 8 MB it starts a new one. */
  logFile: string;
  durable: boolean;
  log(line: string): void;
};

/** How long a server may take to be ready, crash recovery included, in milliseconds. */
const readyWithin = 10 * 60_000;

/**
 * Starts PostgreSQL on 127.0.0.1 and waits until it accepts connections. Without a port it takes
 * a free one. Throws a StartError that says why it did not start.
 */
export async function startServer(options: ServerOptions, port?: number): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const chosen = port ?? (await findFreePort());
    const from = rotateLog(options.logFile);
    const server = spawnServer(options, chosen);
    if (await becomesReady(server, options)) return server;
    const output = readLogSince(options.logFile, from);
    // Somebody took the port in between, or backends of a killed server are still leaving.
    const passing = /could not bind|could not create any TCP|pre-existing shared memory block/;
    if (attempt >= 40 || !passing.test(output)) {
      throw explainFailure(output, options.data, options.logFile);
    }
    await sleep(250);
  }
}

/** Asks for a fast shutdown and waits for it; after `patience` milliseconds, for an immediate one. */
export async function stopServer(server: Server, patience = 60_000): Promise<void> {
  if (server.process.exitCode !== null || server.process.signalCode !== null) return;
  server.process.kill("SIGINT");
  const timer = setTimeout(() => server.process.kill("SIGQUIT"), patience);
  await server.ended;
  clearTimeout(timer);
}

function spawnServer({ launcher, data, logFile, durable }: ServerOptions, port: number): Server {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    // A socket's path must be short and its folder writable; the loopback address needs neither.
    unix_socket_directories: "",
    max_connections: 100,
    shared_buffers: "128MB",
    shared_preload_libraries: "",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    // Details would name people: "Key (email)=(…) already exists".
    log_error_verbosity: "terse",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [command, args] = launcher.wrap(launcher.binaries.postgres, ["-D", data, ...flags], {
    diesWithParent: true,
  });
  const output = openLog(logFile);
  // Its own session: a terminal's Ctrl-C must reach us first, so that requests finish.
  const child = spawn(command, args, {
    cwd: "/",
    detached: true,
    env: postgresEnvironment(),
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return { port, process: child, ended };
}

async function becomesReady(server: Server, { data, log }: ServerOptions): Promise<boolean> {
  const started = Date.now();
  let over = false;
  let told = started;
  server.ended.then(() => (over = true));
  while (!over && Date.now() - started < readyWithin) {
    if (isReady(data, server.process.pid)) return true;
    if (Date.now() - told > 5_000) {
      log("PostgreSQL is recovering from an unclean stop …");
      told = Date.now();
    }
    await sleep(10);
  }
  await stopServer(server, 5_000);
  return false;
}

/** postmaster.pid holds the server's process on its first line and its state on the eighth. */
function isReady(data: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n");
    return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
  } catch {
    return false;
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** The log's length in bytes; one that grew large is put aside first. */
function rotateLog(file: string): number {
  if (!existsSync(file)) return 0;
  if (statSync(file).size < 8_000_000) return statSync(file).size;
  renameSync(file, `${file}.old`);
  return 0;
}

function openLog(file: string): number {
  try {
    return openSync(file, "a", 0o600);
  } catch (error) {
    throw folderError(path.dirname(file), error);
  }
}
