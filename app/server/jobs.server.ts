import { fromPrisma, type Job, type JobResult, PgBoss } from "pg-boss";
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
  "count-days": { data: z.object({}), options: { retryLimit: 1, deleteAfterSeconds: 3600 } },
  "end-impersonations": { data: z.object({}), options: { retryLimit: 2, deleteAfterSeconds: 3600 } },
  "rerender-mentions": { data: z.object({ userId: z.uuid() }), options: { retryLimit: 5, deleteAfterSeconds: 3600 } },
  // Each try goes on where the one before it stopped.
  "act-in-bulk": { data: z.object({ bulkId: z.uuid() }), options: { retryLimit: 20, deleteAfterSeconds: 3600 } },
  "rank-posts": { data: z.object({}), options: { retryLimit: 0, deleteAfterSeconds: 600 } },
  "rewrite-tags": { data: z.object({ name: z.string() }), options: { retryLimit: 5, deleteAfterSeconds: 3600 } },
  "mail-notifications": { data: z.object({}), options: { retryLimit: 2, deleteAfterSeconds: 3600 } },
  "seal-registers": { data: z.object({}), options: { retryLimit: 0, deleteAfterSeconds: 3600 } },
  "make-export": {
    data: z.object({ exportId: z.uuid() }),
    options: { retryLimit: 5, retryDelay: 10, retryBackoff: true, expireInSeconds: 3600, deleteAfterSeconds: 3600 },
  },
  "remove-exports": { data: z.object({}), options: { retryLimit: 2, deleteAfterSeconds: 3600 } },
  "delete-accounts": {
    data: z.object({}),
    options: { retryLimit: 2, deleteAfterSeconds: 3600, expireInSeconds: 3600 },
  },
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
  const options = {
    // A notification wakes the worker; two seconds are the floor. As long as batches come full there is no pause.
    pollingIntervalSeconds: 2,
    notifyPollingIntervalSeconds: 2,
    batchSize: 5,
    burstWhenBatchFull: true,
    perJobResults: true,
  } as const;
  await running().work(name, options, (jobs: Job[]) => Promise.all(jobs.map((job) => run(job))));

  /** One job's failure is its own: the others of its batch are done all the same. */
  async function run({ id, data }: Job): Promise<JobResult> {
    try {
      // The union of all schemas' types cannot be narrowed by the compiler through `name`.
      await handler(queues[name].data.parse(data) as JobData<Name>);
      return { id, status: "completed" };
    } catch (error) {
      log.warn({ err: error, job: name }, "a job failed");
      return { id, status: "failed" };
    }
  }
}

/** Has a job done now, by whichever process is the first. */
export async function startJob(name: JobName): Promise<void> {
  await running().send(name, {});
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
