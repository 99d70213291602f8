import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "#scripts/bundled-postgres.ts";
import { applyMigrations } from "#scripts/migrations.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** a migrated database to copy for each test file */
    templateUrl: string;
    testFolder: string;
  }
}

/** One PostgreSQL for the run, with one migrated database that each test file copies. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "stoa-test-"));
  const postgres = await startPostgres({ folder: path.join(folder, "postgres"), durable: false });
  await applyMigrations(postgres.url);
  Object.assign(process.env, {
    STOA_COMMAND: "test",
    DATABASE_URL: postgres.url,
    AUTH_SECRET: "0123456789abcdefghijklmnopqrstuvwxyz",
  });
  const { startJobs, stopJobs } = await import("#app/server/jobs.server.ts");
  await startJobs({ polling: false });
  await stopJobs();
  project.provide("templateUrl", postgres.url);
  project.provide("testFolder", folder);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
