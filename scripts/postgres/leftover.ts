import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import path from "node:path";
import { StartError } from "../start-error.ts";
import { isAlive, waitForEnd } from "./process-identity.ts";

/**
 * Stops the server that a killed Stoa left on this cluster, if it still runs. Only call it while
 * holding the folder's lock: then nobody supervises that server.
 */
export async function stopLeftover(data: string, log: (line: string) => void): Promise<void> {
  const file = path.join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (!(pid > 1 && isAlive(pid) && isServerOn(pid, data))) {
    // The number may belong to somebody else by now, or to a dead process that nobody buried, and
    // PostgreSQL would take either for a server.
    rmSync(file, { force: true });
    return;
  }
  log("Stopping the PostgreSQL that an earlier Stoa left running …");
  for (const [signal, patience] of [
    ["SIGINT", 30_000],
    ["SIGQUIT", 10_000],
  ] as const) {
    process.kill(pid, signal);
    if (await waitForEnd(pid, patience)) return;
  }
  throw new StartError(
    `A PostgreSQL that an earlier Stoa left on ${data} does not stop. End process ${pid}, then start again.`,
  );
}

/** Whether the process is a PostgreSQL server of that cluster (it works inside its data folder). */
function isServerOn(pid: number, data: string): boolean {
  const real = realpathSync(data);
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === real;
  } catch {
    // no /proc, or it is not ours to look at: ask for its command line
  }
  try {
    const command = execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return command.includes("postgres") && (command.includes(data) || command.includes(real));
  } catch {
    return false;
  }
}
