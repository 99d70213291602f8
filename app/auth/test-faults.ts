import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import pg from "pg";
import { databaseAnswers, databasePool } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";

/** The connection to the database breaks before one statement of a request, as when the process is killed there. */
export class BrokenConnection {
  happened = false;
  readonly atStatement: number;

  constructor(atStatement: number) {
    this.atStatement = atStatement;
  }

  /** for a request's scope, or for `send` */
  beforeStatement = (_text: string, index: number): void => {
    if (this.happened || index !== this.atStatement) return;
    this.happened = true;
    throw new Error("The connection broke");
  };

  /** Ends what the break has left open, as the server does when the other side is gone. */
  async settle(): Promise<void> {
    let removed = 0;
    const count = () => {
      removed += 1;
    };
    databasePool().on("remove", count);
    const client = new pg.Client({ connectionString: settings().databaseUrl });
    await client.connect();
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state like 'idle in transaction%'`,
    );
    await client.end();
    while (removed < (rowCount ?? 0)) await pause(1);
    databasePool().off("remove", count);
  }
}

/** Resolves when somebody waits for a lock that another transaction holds. */
export async function untilSomebodyWaits(): Promise<void> {
  const client = new pg.Client({ connectionString: settings().databaseUrl });
  await client.connect();
  for (let waiting = 0; waiting === 0; await pause(2)) {
    const { rowCount } = await client.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    waiting = rowCount ?? 0;
  }
  await client.end();
}

/** Resolves when the site has connections that work, after some of them were ended. */
export async function untilDatabaseAnswers(): Promise<void> {
  for (let answers = 0; answers < 3; await pause(1)) answers = (await databaseAnswers()) ? answers + 1 : 0;
}

/** Lets PostgreSQL end the site's connections, as when it is restarted. */
export class Terminator {
  readonly #done = new Int32Array(new SharedArrayBuffer(4));
  readonly #thread: Worker;

  private constructor() {
    const workerData = { databaseUrl: settings().databaseUrl, done: this.#done };
    this.#thread = new Worker(new URL("./test-terminator.ts", import.meta.url), { workerData });
  }

  static async start(): Promise<Terminator> {
    const terminator = new Terminator();
    await new Promise((ready) => terminator.#thread.once("message", ready));
    return terminator;
  }

  stop(): Promise<number> {
    return this.#thread.terminate();
  }

  /**
   * Strikes at one statement of a request.
   * @param when before it is sent, or as soon as that many milliseconds after it is
   */
  at(
    statement: number,
    when: "before" | number,
  ): { happened: boolean; beforeStatement: (_: string, at: number) => void } {
    const strike = {
      happened: false,
      beforeStatement: (_text: string, index: number) => {
        if (strike.happened || index !== statement) return;
        strike.happened = true;
        Atomics.store(this.#done, 0, 0);
        this.#thread.postMessage(when === "before" ? 0 : when);
        if (when === "before") Atomics.wait(this.#done, 0, 0, 5_000);
      },
    };
    return strike;
  }

  /** Waits until the strike is over and the site has connections that work. */
  async settle(): Promise<void> {
    while (Atomics.load(this.#done, 0) === 0) await pause(1);
    await untilDatabaseAnswers();
  }
}
