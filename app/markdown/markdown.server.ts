import path from "node:path";
import { Worker } from "node:worker_threads";
import { isTangled, renderPlain } from "#app/markdown/plain.server.ts";
import type { Rendered } from "#app/markdown/rendering.server.ts";
import type { Place } from "#app/markdown/shape.server.ts";
import { log } from "#app/server/log.server.ts";

/** What one text may take. A long post with much code takes a tenth. */
const renderingLimitMs = 3_000;
const maxWorkers = 2;
const idleMs = 60_000;

interface Task {
  source: string;
  place: Place;
  resolve(rendered: Rendered | null): void;
  reject(error: Error): void;
}

const waiting: Task[] = [];
const idle: Worker[] = [];
let workers = 0;

/**
 * Renders Markdown to the allow-list: for a post, its preview and comments alike. It runs beside the requests, in
 * a thread with bounds on time and memory; what exceeds them is shown as it was typed. The content never makes it throw.
 */
export async function renderMarkdown(source: string, place: Place = "post"): Promise<Rendered> {
  const rendered = isTangled(source)
    ? null
    : await new Promise<Rendered | null>((resolve, reject) => {
        waiting.push({ source, place, resolve, reject });
        assign();
      });
  return rendered ?? renderPlain(source);
}

function assign(): void {
  while (waiting.length > 0 && idle.length > 0) {
    const [worker, task] = [idle.pop(), waiting.shift()];
    if (worker && task) perform(worker, task);
  }
  if (waiting.length > 0 && workers < maxWorkers) startWorker();
}

function perform(worker: Worker, task: Task): void {
  const limit = setTimeout(outOfTime, renderingLimitMs);
  worker.ref();
  worker.once("message", answered);
  worker.once("exit", stopped);
  worker.postMessage({ source: task.source, place: task.place });

  function answered({ rendered, failure }: { rendered?: Rendered; failure?: unknown }) {
    if (!rendered) log.warn({ err: failure }, "a text was not rendered");
    rest(worker);
    end(rendered ?? null);
  }
  function outOfTime() {
    log.warn({ characters: task.source.length }, "a text took too long to render");
    void worker.terminate();
  }
  function stopped() {
    end(null);
  }
  function end(rendered: Rendered | null) {
    clearTimeout(limit);
    worker.off("message", answered);
    worker.off("exit", stopped);
    task.resolve(rendered);
    assign();
  }
}

function startWorker(): void {
  workers++;
  // Node runs the source as it is, in development and in production; commands start in the checkout.
  const worker = new Worker(path.resolve("app/markdown/render-worker.ts"), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256, stackSizeMb: 4 },
  });
  let ready = false;
  worker.once("message", () => {
    ready = true;
    rest(worker);
    assign();
  });
  worker.on("error", (error) => {
    // Out of memory is the text's doing; a thread that does not even start is not.
    if (!ready) for (const task of waiting.splice(0)) task.reject(error);
  });
  worker.once("exit", () => {
    workers--;
    const place = idle.indexOf(worker);
    if (place >= 0) idle.splice(place, 1);
    assign();
  });
}

/** An idle thread keeps no command from ending, and gives its memory back after a while. */
function rest(worker: Worker): void {
  idle.push(worker);
  worker.unref();
  setTimeout(() => {
    if (idle.includes(worker) && idle.length > 0) void worker.terminate();
  }, idleMs).unref();
}
