import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";

/** A site of a test's own, which it may kill: the others' stays. */
export class OwnSite {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), "stoa-e2e-own-"));
  url = "";
  private child: ChildProcess | undefined;

  /** Starts the demo, or starts it again; resolves when it serves. */
  async start(): Promise<void> {
    this.url ||= `http://localhost:${await freePort()}`;
    const { port } = new URL(this.url);
    this.child = spawn(process.execPath, ["scripts/run.mjs", "demo"], {
      cwd: path.join(import.meta.dirname, ".."),
      env: { ...process.env, PORT: port, DATA_DIR: this.folder, LOG_LEVEL: "silent" },
      stdio: "ignore",
    });
    for (let isReady = false; !isReady; await new Promise((resolve) => setTimeout(resolve, 100))) {
      if (this.child.exitCode !== null) throw new Error("The site did not start");
      isReady = await fetch(`${this.url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    }
  }

  /** As when the power goes: nothing is finished. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.end("SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
