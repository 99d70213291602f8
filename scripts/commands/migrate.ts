import path from "node:path";
import { startPostgres } from "../bundled-postgres.ts";
import { makeDataFolder } from "../environment.ts";
import { applyMigrations } from "../migrations.ts";
import { withShutdown } from "../shutdown.ts";
import { say, step } from "../steps.ts";

/** `npm run db:migrate`: brings `DATABASE_URL`, or the bundled database of `npm start`, up to date. */
export async function run(): Promise<void> {
  await withShutdown(async ({ keep }) => {
    const url =
      process.env.DATABASE_URL ||
      (await keep(startPostgres({ folder: path.join(makeDataFolder(), "postgres"), log: say }))).url;
    const applied = await step("migrating", "migrated", () => applyMigrations(url));
    for (const name of applied) say(`  ${name}`);
    if (applied.length === 0) say("  nothing was pending");
  });
}
