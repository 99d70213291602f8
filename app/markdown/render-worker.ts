// A thread of its own, started by render-threads.server.ts: what takes too long ends with the thread.
import { parentPort } from "node:worker_threads";
import { renderHere } from "#app/markdown/rendering.server.ts";
import type { Place } from "#app/markdown/shape.server.ts";
import type { NamedPeople } from "#app/mentions/mention.ts";

parentPort?.on("message", async ({ source, place, people }: { source: string; place: Place; people: NamedPeople }) => {
  const before = process.threadCpuUsage();
  const answer = await renderHere(source, place, people).then(
    (rendered) => ({ rendered }),
    (failure: unknown) => ({ failure }),
  );
  const { user, system } = process.threadCpuUsage(before);
  parentPort?.postMessage({ ...answer, processorMs: (user + system) / 1000 });
});
parentPort?.postMessage("ready");
