import { fromPrisma, PgBoss } from "pg-boss";
import { z } from "zod";
import type { Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { log } from "#app/server/log.server.ts";

/** Every job of the site: its data, and how often and how long it is tried. */
const queues = {
  // A code is of no use after ten minutes, any other mail after a day.
  "send-mail": {
    data: z.object({ sealed: z.string() }),
    options: { retryLimit: 12, retryDelay: 5, retryBackoff: true, retryDelayMax: 600, deleteAfterSeconds: 3600 },
  },
  "lift-expired-bans": { data: z.object({}), options: { retryLimit: 2, deleteAfterSeconds: 3600 } },
  "collect-garbage": { data: z.object({}), options: { retryLimit: 2, deleteAfterSeconds: 3600 } },
} as const;

export type JobName = keyof typeof queues;
export type JobData<Name extends JobName> = z.infer<(typeof queues)[Name]["data"]>;

let boss: PgBoss | undefined;

/** Connects the queue and makes its tables and queues where they are missing. */
export async function startJobs({ polling = true } = {}): Promise<void> {
  if (boss) return;
  const starting = new PgBoss({
    connectionString: settings().databaseUrl,
    max: 4,
    application_name: "stoa-jobs",
    useListenNotify: polling,
    schedule: polling,
    supervise: polling,
  });
  starting.on("error", (error) => log.error({ err: error }, "the job queue failed"));
  await starting.start();
  for (const [name, { options }] of Object.entries(queues)) {
    if (!(await starting.getQueue(name))) await starting.createQueue(name, { ...options, notify: true });
  }
  boss = starting;
}

/** Puts a job in the queue as part of the transaction: it exists exactly when the rest does. */
export async function enqueue<Name extends JobName>(tx: Transaction, name: Name, data: JobData<Name>): Promise<void> {
  await running().send(name, data, { db: fromPrisma(tx) });
}

/** Runs `handler` for each job of that name, on this process among others. */
export async function workOn<Name extends JobName>(
  name: Name,
  handler: (data: JobData<Name>) => Promise<void>,
): Promise<void> {
  // useListenNotify wakes the worker at once; polling is the floor.
  await running().work(name, { pollingIntervalSeconds: 2 }, async ([job]) => {
    // The union of all schemas' types cannot be narrowed by the compiler through `name`.
    if (job) await handler(queues[name].data.parse(job.data) as JobData<Name>);
  });
}

/** Runs a job by the clock. @param cron five fields, UTC */
export async function scheduleJob(name: JobName, cron: string): Promise<void> {
  await running().schedule(name, cron, {});
}

export async function stopJobs(): Promise<void> {
  await boss?.stop({ graceful: true, timeout: 5_000 });
  boss = undefined;
}

function running(): PgBoss {
  if (!boss) throw new Error("The job queue has not been started");
  return boss;
}
