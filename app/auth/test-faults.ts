import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { databasePool } from "#app/server/database.server.ts";
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
