// Runs one of Stoa's commands: `node scripts/run.mjs <command> [arguments]`.
//
// It works on a bare clone, so it is plain JavaScript for the oldest Node that can install the
// rest (20) and imports nothing but Node's own modules: install what is missing, continue under
// the pinned Node, generate what is stale, then hand over to scripts/commands/<command>.ts.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";

const root = path.join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");
const [command = "", ...args] = process.argv.slice(2);

process.chdir(root);
// The whole time counts, from before an install to the address on the screen.
process.env.STOA_STARTED_AT ??= String(Date.now());

/** A failure that the person can act on: its message is all that is shown. */
class Refusal extends Error {
  /** What the program printed that failed, if one did. */
  output = "";
}

try {
  refuseUnknownCommand();
  refuseOldNode();
  await install();
  const newerNode = findNewerNode();
  if (newerNode) {
    await continueUnder(newerNode);
  } else {
    endWithParent();
    await generate();
    await runCommand();
  }
} catch (error) {
  report(error);
  process.exit(1);
}

function refuseUnknownCommand() {
  const commands = readdirSync(path.join(root, "scripts/commands"))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => file.slice(0, -3));
  if (!commands.includes(command)) {
    throw new Refusal(`There is no command "${command}". There are: ${commands.join(", ")}.`);
  }
}

function refuseOldNode() {
  if (Number(process.versions.node.split(".")[0]) >= 20) return;
  throw new Refusal(
    `Stoa needs Node 20 or newer to install itself, and this is ${process.version}: see https://nodejs.org/en/download.`,
  );
}

/** Installs what package-lock.json asks for, unless it is there. */
async function install() {
  const stamp = path.join(root, "node_modules/.stoa-install");
  const wanted = `${process.platform}-${process.arch} ${hashOf(["package-lock.json"])}\n`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (!isInstalledByHand()) {
    const begun = begin("installing packages (about half a minute, the first time only)");
    rmSync(stamp, { force: true });
    const options = ["--prefer-offline", "--include=dev", "--include=optional", "--loglevel=error"];
    try {
      await run(...npmCommand("ci", ...options));
    } catch (error) {
      if (!isAboutOtherPlatforms(error.output)) throw error;
      await run(...npmCommand("install", "--no-save", ...options));
    }
    begun("installed the packages");
  }
  writeFileSync(stamp, wanted);
}

/**
 * Whether `npm ci` refuses only for optional packages that package-lock.json leaves out: those of
 * platforms that the registry it was made with did not have. Some versions of npm take that for a
 * lock file out of date; `npm install` installs the same versions from it all the same.
 */
function isAboutOtherPlatforms(output = "") {
  const complaints = [...output.matchAll(/Missing: (.+?)@\S* from lock file/g)];
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const optional = new Set(Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {})));
  return complaints.length > 0 && !/Invalid: /.test(output) && complaints.every(([, name]) => optional.has(name));
}

/** Whether npm's own note of what it installed agrees with package-lock.json. */
function isInstalledByHand() {
  try {
    const read = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8")).packages;
    const installed = read("node_modules/.package-lock.json");
    return Object.entries(read("package-lock.json")).every(
      ([name, { version, optional }]) =>
        name === "" || installed[name]?.version === version || (!installed[name] && optional),
    );
  } catch {
    return false;
  }
}

function npmCommand(...npmArgs) {
  const script = process.env.npm_execpath;
  // Under npm, the very npm that runs us; else the one on the path.
  if (script?.endsWith(".js")) return [process.execPath, [script, ...npmArgs]];
  if (spawnSync("npm", ["--version"]).status === 0) return ["npm", npmArgs];
  throw new Refusal("npm is not installed here. It comes with Node: https://nodejs.org/en/download.");
}

/** The pinned Node, when it is newer than the one that runs. */
function findNewerNode() {
  const pinned = JSON.parse(readFileSync("package.json", "utf8")).dependencies.node;
  const [wanted, running] = [pinned, process.versions.node].map((version) => version.split(".").map(Number));
  const difference = wanted.map((part, index) => part - running[index]).find((part) => part !== 0);
  if (difference === undefined || difference < 0) return null;
  const file = path.join(root, "node_modules/node/bin/node");
  if (!existsSync(file)) {
    const begun = begin(`fetching Node ${pinned}`);
    // An npm that runs no install scripts left the package without its program.
    const result = spawnSync(process.execPath, ["installArchSpecificPackage"], {
      cwd: path.join(root, "node_modules/node"),
      encoding: "utf8",
    });
    if (!existsSync(file)) {
      throw new Refusal(
        `Stoa needs Node ${pinned} and npm could not install it (${firstLine(result.stderr)}). Install that Node yourself, then start again.`,
      );
    }
    begun(`fetched Node ${pinned}`);
  }
  return file;
}

/** Becomes a thin parent of the same command under another Node: signals go down, the code up. */
function continueUnder(node) {
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: "inherit",
    env: {
      ...process.env,
      PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
      STOA_PARENT: "run",
    },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  endWithParent();
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
      resolve(undefined);
      process.exit();
    });
  });
}

/**
 * Under npm, or under the thin parent, ends in good order when that one is gone: a `kill -9` of
 * it cannot be passed on, and the site would live on behind a command that ended.
 */
function endWithParent() {
  if (!process.env.npm_lifecycle_event && !process.env.STOA_PARENT) return;
  const parents = findParents();
  const watch = setInterval(() => {
    if (findParents() === parents) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 200);
  watch.unref();
}

/** Our parent's number, and its own parent's when it is but the shell that npm starts us with. */
function findParents() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, "latin1");
    const isShell = /\((?:sh|dash|bash|ash|busybox)\)/.test(stat);
    if (isShell) return `${process.ppid} ${stat.slice(stat.lastIndexOf(")")).split(" ")[2]}`;
  } catch {
    // no /proc here, or the parent ended this moment
  }
  return `${process.ppid}`;
}

/** The Prisma client, when the schema is not the one that it was generated from. */
async function generate() {
  const target = path.join(root, "app/server/prisma");
  const stamp = path.join(target, ".stoa-generated");
  const wanted = hashOf(["prisma/schema.prisma", ".config/prisma.ts", "package-lock.json"]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const begun = begin("generating the database client");
  const prisma = path.join(root, "node_modules/prisma/build/index.js");
  await run(process.execPath, [prisma, "generate", "--no-hints"]);
  mkdirSync(target, { recursive: true });
  writeFileSync(stamp, wanted);
  begun("generated the database client");
}

async function runCommand() {
  if (existsSync(".env") && command !== "test" && command !== "check") process.loadEnvFile(".env");
  const module = await import(`./commands/${command}.ts`);
  await module.run(args);
}

function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const present = existsSync(path.join(root, file));
    hash.update(`${file}\0`).update(present ? readFileSync(path.join(root, file)) : "absent");
  }
  return hash.digest("hex");
}

/** Runs a program quietly; when it fails, what it printed is the error. */
function run(program, programArgs) {
  const env = {
    ...process.env,
    // Prisma would fetch an engine that nothing here uses; any program in its place will do.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  };
  return new Promise((resolve, reject) => {
    const child = spawn(program, programArgs, { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(undefined);
      if (/ENOSPC|no space left on device/i.test(output)) {
        return reject(new Refusal(`The disk is full: nothing can be written to ${root}.`));
      }
      const name = path.basename(programArgs[0] ?? program);
      const failed = `${name} failed (${signal ?? `code ${code}`}), see above.`;
      // npm explains its own usage at length below what went wrong.
      const shown = output.trim().split("\n").slice(0, 40).join("\n");
      reject(Object.assign(new Refusal(`${shown}\n${failed}`), { output }));
    });
  });
}

/** Says what is being done; the returned function says that it was, and how long it took. */
function begin(doing) {
  const started = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`  ${doing} …`);
  return (done) => {
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const clear = process.stdout.isTTY ? "\r\u001b[2K" : "";
    process.stdout.write(`${clear}✓ ${done.padEnd(36)} ${seconds.padStart(6)} s\n`);
  };
}

function report(error) {
  const clear = process.stdout.isTTY ? "\r\u001b[2K" : "";
  if (error instanceof Refusal || error?.name === "StartError") {
    process.stderr.write(`${clear}${error.message}\n`);
    return;
  }
  const text = process.env.LOG_LEVEL === "debug" ? error?.stack : error?.message;
  process.stderr.write(`${clear}${text ?? error}\n`);
  process.stderr.write("This was not foreseen. LOG_LEVEL=debug shows where it came from.\n");
}

function firstLine(text) {
  return (text ?? "").trim().split("\n")[0] || "no reason given";
}
