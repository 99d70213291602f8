import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { StartError } from "../start-error.ts";
import { type Binaries, majorVersion } from "./binaries.ts";

/**
 * How this machine lets us run PostgreSQL, which refuses to run as root or as a user without a
 * name. `wrap` turns a program and its arguments into the command line to spawn; it never forks,
 * so the spawned process becomes the program itself.
 */
export type Launcher = {
  binaries: Binaries;
  /** Where PostgreSQL's files go: the folder asked for, unless its user cannot reach that one. */
  folder: string;
  /** Gives a folder or file to the user that PostgreSQL runs as. */
  own(target: string): void;
  wrap(program: string, args: string[], options?: { diesWithParent: boolean }): [string, string[]];
};

/** Chooses the way to run PostgreSQL. `log` hears of it when it is not the usual one. */
export function chooseLauncher(folder: string, binaries: Binaries, log: (line: string) => void): Launcher {
  const prefix = userNamespacePrefix();
  if (prefix !== null) {
    return {
      binaries,
      folder,
      own: () => undefined,
      wrap: (program, args, options) => toCommand([...prefix, ...deathSignal(options), program, ...args]),
    };
  }
  return asSystemUser(folder, binaries, log);
}

function toCommand([program, ...args]: string[]): [string, string[]] {
  if (program === undefined) throw new Error("an empty command line");
  return [program, args];
}

/**
 * Nothing for an ordinary user. For root, a user namespace: the server sees itself as an ordinary
 * user and keeps root's reach, with nothing to create and no folder to open. Null where the system
 * forbids user namespaces, as many containers do.
 */
function userNamespacePrefix(): string[] | null {
  const named = namedUsers();
  const uid = process.getuid?.();
  if (uid === undefined || (uid !== 0 && (named.size === 0 || named.has(uid)))) return [];
  const inner = named.has(1000) ? 1000 : [...named.keys()].find((id) => id !== 0);
  if (inner === undefined || process.platform !== "linux") return uid === 0 ? null : [];
  const prefix = ["unshare", "--user", `--map-user=${inner}`, `--map-group=${inner}`, "--"];
  if (runs([...prefix, "true"])) return prefix;
  return uid === 0 ? null : [];
}

/**
 * `kill -9` of our process must not leave a server behind. The kernel forgets this wish when
 * credentials change, so it comes after whatever changes them.
 */
function deathSignal(options?: { diesWithParent: boolean }): string[] {
  return options?.diesWithParent && canSetDeathSignal() ? ["setpriv", "--pdeathsig", "INT"] : [];
}

let deathSignalWorks: boolean | undefined;
function canSetDeathSignal(): boolean {
  deathSignalWorks ??= process.platform === "linux" && runs(["setpriv", "--pdeathsig", "INT", "true"]);
  return deathSignalWorks;
}

function runs(command: string[]): boolean {
  try {
    const [program, args] = toCommand(command);
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Numbers of the users that the system has a name for; initdb wants to be one of them. */
function namedUsers(): Map<number, { name: string; group: number }> {
  const users = new Map<number, { name: string; group: number }>();
  if (!existsSync("/etc/passwd")) return users;
  for (const line of readFileSync("/etc/passwd", "utf8").split("\n")) {
    const [name, , uid, group] = line.split(":");
    if (name && uid) users.set(Number(uid), { name, group: Number(group) });
  }
  return users;
}

/**
 * Root without user namespaces: run as a system user, in place when that user can reach the
 * folders, else with data and programs under /var/lib/stoa.
 */
function asSystemUser(folder: string, binaries: Binaries, log: (line: string) => void): Launcher {
  const users = [...namedUsers()];
  const [uid, user] =
    users.find(([, { name }]) => name === "postgres") ?? users.find(([, { name }]) => name === "nobody") ?? [];
  if (uid === undefined || user === undefined || !runs(["setpriv", "--version"])) {
    throw new StartError(
      "PostgreSQL refuses to run as root here, and there is no setpriv and no user nobody to run it as. Start Stoa as an ordinary user, or set DATABASE_URL.",
    );
  }
  const become = ["setpriv", `--reuid=${uid}`, `--regid=${user.group}`, "--clear-groups"];
  const reaches = (target: string) => runs([...become, "test", "-x", target]);
  chmodSync(folder, 0o711); // to pass through; what is in it stays closed
  const isOpen = reaches(folder);
  const home = isOpen ? folder : path.join(systemHome, hashOf(folder));
  if (!isOpen) {
    mkdirSync(home, { recursive: true, mode: 0o755 });
    writeFileSync(path.join(folder, "where-the-data-is.txt"), `${home}\n`);
  }
  const place = isOpen ? "" : ` with its data in ${home}, which that user can enter`;
  log(`This system allows root no user namespaces, so PostgreSQL runs as ${user.name}${place}.`);
  return {
    binaries: reaches(binaries.postgres) ? binaries : copyBinaries(binaries),
    folder: home,
    own: (target) => chownSync(target, uid, user.group),
    wrap: (program, args, options) => toCommand([...become, ...deathSignal(options), program, ...args]),
  };
}

const systemHome = "/var/lib/stoa";

function copyBinaries(binaries: Binaries): Binaries {
  const { mtimeMs, size } = statSync(binaries.postgres);
  const root = path.join(systemHome, `postgresql-${majorVersion}-${hashOf(`${binaries.root} ${mtimeMs} ${size}`)}`);
  if (!existsSync(root)) {
    const unfinished = `${root}.${process.pid}`;
    cpSync(binaries.root, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, root);
  }
  return { root, initdb: path.join(root, "bin/initdb"), postgres: path.join(root, "bin/postgres") };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
