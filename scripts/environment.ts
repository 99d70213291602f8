import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { folderError, messageOf, StartError, systemErrorCode } from "./start-error.ts";

/** Where the checkout is. */
export const root = path.join(import.meta.dirname, "..");

/**
 * Makes the folder that a command keeps its things in, and returns its absolute path: `DATA_DIR`,
 * or a folder of that name in it. Throws a StartError when it cannot be made or written.
 */
export function makeDataFolder(name = ""): string {
  const folder = path.resolve(root, process.env.DATA_DIR || ".data", name);
  const probe = path.join(folder, `.writable-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    mkdirSync(probe);
    rmdirSync(probe);
  } catch (error) {
    throw folderError(folder, error);
  }
  return folder;
}

/** The secret of this data folder: 48 random bytes, made once and kept with mode 0600. */
export function keepSecret(folder: string): string {
  const file = path.join(folder, "auth-secret");
  try {
    if (!existsSync(file)) {
      writeFileSync(file, `${randomBytes(48).toString("base64url")}\n`, {
        mode: 0o600,
        flush: true,
      });
    }
    chmodSync(file, 0o600);
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw folderError(folder, error);
  }
}

/** Sets what is not set (or is empty) in this process's environment, which the site reads. */
export function setDefaults(values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) process.env[name] ||= value;
}

/**
 * Throws a StartError when something listens on the port already. It waits two seconds for one
 * that is just leaving, such as the Stoa whose terminal was closed.
 */
export async function requireFreePort(host: string, port: string, command: string): Promise<void> {
  if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new StartError(`PORT must be a number from 1 to 65535, and it is "${port}".`);
  }
  for (let patience = 10; ; patience--) {
    const failure = await tryToListen(host, Number(port));
    if (failure === null) return;
    if (systemErrorCode(failure) === "EADDRINUSE") {
      if (patience > 0) {
        await sleep(200);
        continue;
      }
      const free = Number(port) === 65_535 ? 3000 : Number(port) + 1;
      throw new StartError(
        `Port ${port} is in use by another program. Stop that one, or choose another port: PORT=${free} npm ${command}`,
      );
    }
    if (systemErrorCode(failure) === "EACCES") {
      throw new StartError(`This user may not open port ${port}. Choose one above 1023.`);
    }
    throw new StartError(`Stoa cannot listen on ${host}:${port}: ${messageOf(failure)}`);
  }
}

function tryToListen(host: string, port: number): Promise<Error | null> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", resolve);
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}
