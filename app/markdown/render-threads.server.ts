import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Rendered } from "#app/markdown/rendering.server.ts";
import type { Place } from "#app/markdown/shape.server.ts";
import { type NamedPeople, nobodyNamed } from "#app/mentions/mention.ts";
import { log } from "#app/server/log.server.ts";

/** How long a thread may take to start, on a machine that is busy with everything else. */
const startLimitMs = 30_000;
const idleMs = 60_000;

/** What became of a text in a thread; `rendered` is null where it did not end well. */
export interface ThreadAnswer {
  rendered: Rendered | null;
  /** for how long it kept a processor busy */
  processorMs: number;
  outOfTime?: true;
}

/** Threads without a text, and what ends them after a while. */
const idle = new Map<Worker, NodeJS.Timeout>();

/**
 * Renders in a thread beside the requests, with bounds on time and memory; what exceeds them ends with its thread.
 * @throws where no thread can be started
 */
export async function renderInThread(
  source: string,
  place: Place,
  limitMs: number,
  people: NamedPeople = nobodyNamed,
): Promise<ThreadAnswer> {
  const worker = takeIdle() ?? (await startWorker());
  worker.ref();
  return new Promise((resolve) => {
    let outOfTime = false;
    const limit = setTimeout(() => {
      outOfTime = true;
      log.warn({ characters: source.length }, "a text took too long to render");
      void worker.terminate();
    }, limitMs);
    worker.once("message", answered);
    worker.once("exit", stopped);
    worker.postMessage({ source, place, people });

    function answered({ rendered = null, failure, processorMs }: ThreadAnswer & { failure?: unknown }) {
      end();
      rest(worker);
      if (!rendered) log.warn({ err: failure }, "a text was not rendered");
      resolve({ rendered, processorMs });
    }
    function stopped() {
      end();
      resolve({ rendered: null, processorMs: limitMs, ...(outOfTime && { outOfTime }) });
    }
    function end() {
      clearTimeout(limit);
      worker.off("message", answered);
      worker.off("exit", stopped);
    }
  });
}

function startWorker(): Promise<Worker> {
  // Node runs the source as it is, in development and in production; commands start in the checkout.
  const worker = new Worker(path.resolve("app/markdown/render-worker.ts"), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256, stackSizeMb: 4 },
  });
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new Error("a thread for rendering did not start"));
      void worker.terminate();
    }, startLimitMs);
    worker.once("message", () => {
      clearTimeout(limit);
      resolve(worker);
    });
    // A thread that does not even start is our fault; later on, running out of memory is the text's.
    worker.on("error", (error) => {
      clearTimeout(limit);
      reject(error);
    });
    worker.once("exit", () => leaveIdle(worker));
  });
}

function takeIdle(): Worker | undefined {
  const [worker] = idle.keys();
  if (worker) leaveIdle(worker);
  return worker;
}

function leaveIdle(worker: Worker): void {
  clearTimeout(idle.get(worker));
  idle.delete(worker);
}

/** An idle thread keeps no command from ending, and gives its memory back after a while. */
function rest(worker: Worker): void {
  worker.unref();
  const end = setTimeout(() => {
    leaveIdle(worker);
    void worker.terminate();
  }, idleMs);
  idle.set(worker, end.unref());
}
