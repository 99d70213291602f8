import { type ChildProcess, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import path from "node:path";
import { root } from "../environment.ts";
import { StartError } from "../start-error.ts";

/** Starts a program on the server's core; `said` is what it printed when it was ready. */
export async function startProgram(
  script: string,
  ready: RegExp,
  env: Record<string, string> = {},
): Promise<{ said: string; stop(): Promise<void> }> {
  const pinned = process.platform === "linux" && availableParallelism() > 1;
  const [command, ...args] = [...(pinned ? ["taskset", "-c", "0"] : []), process.execPath, path.join(root, script)];
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  const said = await waitFor(child, ready);
  return {
    said,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

function waitFor(child: ChildProcess, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (part: Buffer) => {
      if (output.length < 10_000) output += part;
      const found = ready.exec(output);
      if (found?.[1]) resolve(found[1]);
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new StartError(`A part of the benchmark ended with ${code} before it served.`)),
    );
  });
}
