import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Where the checkout is. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

/** A failure that the person can act on: its message is all that is shown. */
export class Refusal extends Error {
  /** What the program printed that failed, if one did. */
  output = "";
}

/** A hash of the files' contents; their paths are relative to the checkout. */
export function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const present = existsSync(path.join(root, file));
    hash.update(`${file}\0`).update(present ? readFileSync(path.join(root, file)) : "absent");
  }
  return hash.digest("hex");
}

/** Runs a program quietly; when it fails, what it printed is the error. */
export function run(program, programArgs) {
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
export function begin(doing) {
  const started = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`  ${doing} …`);
  return (done) => {
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const clear = process.stdout.isTTY ? "\r\u001b[2K" : "";
    process.stdout.write(`${clear}✓ ${done.padEnd(36)} ${seconds.padStart(6)} s\n`);
  };
}
