// A thread of its own, started by markdown.server.ts: what takes too long ends with the thread.
import { parentPort } from "node:worker_threads";
import { renderHere } from "#app/markdown/rendering.server.ts";
import type { Place } from "#app/markdown/shape.server.ts";

parentPort?.on("message", async ({ source, place }: { source: string; place: Place }) => {
  try {
    parentPort?.postMessage({ rendered: await renderHere(source, place) });
  } catch (error) {
    parentPort?.postMessage({ failure: error });
  }
});
parentPort?.postMessage("ready");
