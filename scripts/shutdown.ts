import { say } from "./steps.ts";

/** What a command started and must stop again. */
export type Shutdown = {
  /** Aborts when the command is told to end; pass it to what can be given up half way. */
  signal: AbortSignal;
  /** Waits for something to start and stops it at the end, the last started first. */
  keep<T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T>;
  /** Waits until the command is told to end. */
  wait(): Promise<never>;
};

/** A second signal ends the process at once, but only after this many milliseconds: one Ctrl-C
 * reaches us twice when npm or a parent passes it on. */
const sameCtrlC = 1_000;

/**
 * Runs a command that starts things. Ctrl-C, SIGTERM and SIGHUP stop them in order and end the
 * process with code 0; a failure stops them too and is thrown on.
 */
export async function withShutdown<T>(work: (shutdown: Shutdown) => Promise<T>): Promise<T> {
  const aborted = new AbortController();
  const stops: (() => Promise<unknown>)[] = [];
  let told: number | null = null;

  async function stopAll(): Promise<boolean> {
    let clean = true;
    for (let stop = stops.pop(); stop; stop = stops.pop()) {
      try {
        await stop();
      } catch (error) {
        clean = false;
        say(`Stopping: ${error instanceof Error ? error.message : error}`);
      }
    }
    return clean;
  }

  async function onSignal(signal: string): Promise<void> {
    if (told !== null) {
      if (signal === "SIGINT" && Date.now() - told > sameCtrlC) process.exit(1);
      return;
    }
    told = Date.now();
    if (process.stdout.isTTY) say("stopping …");
    aborted.abort();
    const isClean = await stopAll();
    if (process.stdout.isTTY) say("stopped");
    process.exit(isClean ? 0 : 1);
  }

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => onSignal(signal));
  }
  const never = new Promise<never>(() => undefined);
  try {
    const result = await work({
      signal: aborted.signal,
      keep: (starting) => {
        stops.push(async () => {
          const started = await starting.catch(() => null);
          await started?.stop();
        });
        return starting;
      },
      wait: () => never,
    });
    await stopAll();
    return result;
  } catch (error) {
    // What fails because its ground is being taken away is no news.
    if (told !== null) return never;
    aborted.abort();
    await stopAll();
    throw error;
  }
}
