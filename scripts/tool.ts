import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "./environment.ts";
import { StartError } from "./start-error.ts";

/** The command line of a program that a package brings, run by this very Node. */
export function toolPath(name: string): string {
  return path.join(root, "node_modules/.bin", name);
}

/** `show` prints what the program prints while it runs. */
export type ToolOptions = { env?: NodeJS.ProcessEnv; signal?: AbortSignal; show?: boolean };

/**
 * Runs a program in the checkout; resolves to its exit code (1 when a signal ended it) and what it
 * printed.
 */
export function runTool(
  program: string,
  args: string[],
  { env, signal, show = false }: ToolOptions = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const bin = path.join(root, "node_modules/.bin");
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}`, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(signal ? { signal } : {}),
    });
    let output = "";
    const take = (chunk: Buffer) => {
      output += chunk;
      if (show) process.stdout.write(chunk);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a program that must succeed; when it does not, what it printed is the error. */
export async function requireTool(program: string, args: string[], options?: ToolOptions): Promise<void> {
  const { code, output } = await runTool(program, args, options);
  if (code === 0) return;
  if (/ENOSPC|no space left on device/i.test(output)) {
    throw new StartError(`The disk is full: nothing can be written to ${root}.`);
  }
  throw new StartError(`${output.trim()}\n${path.basename(program)} ${args[0]} failed, see above.`);
}
