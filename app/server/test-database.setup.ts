import { randomBytes } from "node:crypto";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, inject, vi } from "vitest";

declare global {
  /** what the first test file of this process found */
  var environmentAtFirst: NodeJS.ProcessEnv | undefined;
}

/*
 * Files share a process, which has the libraries loaded already: that is half of what a file would cost. Of the site
 * itself each has modules of its own, and none finds the settings of the one before it.
 */
vi.resetModules();
globalThis.environmentAtFirst ??= { ...process.env };
for (const name of Object.keys(process.env)) delete process.env[name];
Object.assign(process.env, globalThis.environmentAtFirst);

/** Each test file has a database of its own, copied from the migrated one, and a folder for its files. */
const name = `test_${randomBytes(6).toString("hex")}`;
const templateUrl = new URL(inject("templateUrl"));
const url = new URL(templateUrl);
url.pathname = `/${name}`;

Object.assign(process.env, {
  STOA_COMMAND: "test",
  NODE_ENV: "test",
  DATABASE_URL: url.href,
  DATA_DIR: path.join(inject("testFolder"), name),
  AUTH_SECRET: "0123456789abcdefghijklmnopqrstuvwxyz",
  SITE_URL: "http://localhost:3000",
});

beforeAll(async () => {
  await administer(`create database ${name} template ${templateUrl.pathname.slice(1)}`);
  const { startJobs } = await import("#app/server/jobs.server.ts");
  await startJobs({ polling: false });
});

afterAll(async () => {
  const { stopJobs } = await import("#app/server/jobs.server.ts");
  const { closeDatabase } = await import("#app/server/database.server.ts");
  await stopJobs();
  await closeDatabase();
  await administer(`drop database ${name} with (force)`);
});

async function administer(sql: string): Promise<void> {
  const admin = new URL(templateUrl);
  admin.pathname = "/postgres";
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
