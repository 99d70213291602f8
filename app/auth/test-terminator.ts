import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import pg from "pg";

/*
 * A thread of its own, which ends the site's connections when it is told to: the thread of the test may stand still
 * meanwhile, so that the next statement finds its connection gone.
 */

const { databaseUrl, done } = workerData as { databaseUrl: string; done: Int32Array }; // as test-faults.ts gives it
const client = new pg.Client({ connectionString: databaseUrl, application_name: "terminator" });
await client.connect();

parentPort?.on("message", async (afterMs: number) => {
  await pause(afterMs);
  await client.query(
    `select pg_terminate_backend(pid, 2000) from pg_stat_activity
      where datname = current_database() and application_name = 'stoa'`,
  );
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
});
parentPort?.postMessage("ready");
