import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { settings } from "#app/server/env.server.ts";

/** Ends the site's connections to the database, as the end of its process does. */
export function startTerminating() {
  const client = new pg.Client({ connectionString: settings().databaseUrl, application_name: "terminator" });
  const connected = client.connect();
  return {
    async afterMs(ms: number): Promise<void> {
      await connected;
      await pause(ms);
      await client.query(
        `select pg_terminate_backend(pid, 2000) from pg_stat_activity
          where datname = current_database() and application_name = 'stoa'`,
      );
    },
    async stop(): Promise<void> {
      await connected;
      await client.end();
    },
  };
}
