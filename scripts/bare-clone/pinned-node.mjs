import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { begin, Refusal, root } from "./quiet-run.mjs";

/** The pinned Node, when it is newer than the one that runs. */
export function findNewerNode() {
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
      const reason = (result.stderr ?? "").trim().split("\n")[0] || "no reason given";
      throw new Refusal(
        `Stoa needs Node ${pinned} and npm could not install it (${reason}). Install that Node yourself, then start again.`,
      );
    }
    begun(`fetched Node ${pinned}`);
  }
  return file;
}

/**
 * What this Node was not started with and the command needs: Vite loads React's and the router's
 * development builds, and Node must choose the same, or there are two of each.
 */
export function missingFlags(command) {
  const flag = "--conditions=development";
  return command === "dev" && !process.execArgv.includes(flag) ? [flag] : [];
}

/** Becomes a thin parent of the same command under another Node: signals go down, the code up. */
export function continueUnder(node, flags) {
  const child = spawn(node, [...process.execArgv, ...flags, ...process.argv.slice(1)], {
    stdio: "inherit",
    env: {
      ...process.env,
      PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
      STOA_CONTINUED: "yes",
    },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  if (process.env.npm_lifecycle_event) endWithParent();
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
export function endWithParent() {
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
