import path from "node:path";
import { build, isBuilt } from "../build.ts";
import { startPostgres } from "../bundled-postgres.ts";
import { fillWithDemo } from "../demo-content.ts";
import { sayDemoWelcome } from "../demo-welcome.ts";
import { keepSecret, makeDataFolder, requireFreePort, setDefaults } from "../environment.ts";
import { applyMigrations } from "../migrations.ts";
import { explainQueryFailure } from "../postgres/diagnosis.ts";
import { refuseBadSettings } from "../settings-check.ts";
import { type Shutdown, withShutdown } from "../shutdown.ts";
import { loadSiteBuild } from "../site.ts";
import { say, step } from "../steps.ts";

/** `npm run demo`: builds and serves the site on this machine, filled with the demo's content. */
export async function run(): Promise<void> {
  setDefaults({ PORT: "3000", HOST: "127.0.0.1", LOG_LEVEL: "warn" });
  const { PORT = "", HOST = "" } = process.env;
  await requireFreePort(HOST, PORT, "run demo");
  const dataFolder = makeDataFolder("demo");
  setDefaults({ AUTH_SECRET: keepSecret(dataFolder) });
  Object.assign(process.env, {
    NODE_ENV: "production",
    STOA_COMMAND: "demo",
    DATA_DIR: dataFolder,
  });
  delete process.env.DATABASE_URL; // the demo's people never go into somebody's own database
  refuseBadSettings();
  await withShutdown(async (shutdown) => {
    await Promise.all([buildIfStale(shutdown.signal), startDemoDatabase(dataFolder, shutdown)]);
    const { startSite } = await loadSiteBuild();
    const site = await shutdown.keep(step("opening the site", "opened the site", startSite));
    sayDemoWelcome(site.url, process.env.SITE_NAME || "Stoa");
    await shutdown.wait();
  });
}

/** Builds the site unless it is built already. */
export async function buildIfStale(signal: AbortSignal): Promise<void> {
  if (!isBuilt()) await step("building", "built the site", () => build(signal));
}

/** Starts the bundled PostgreSQL of a data folder, migrated and filled, and tells the site of it. */
export async function startDemoDatabase(dataFolder: string, { keep, signal }: Shutdown): Promise<void> {
  const postgres = await step("starting PostgreSQL", "started PostgreSQL", () =>
    keep(startPostgres({ folder: path.join(dataFolder, "postgres"), log: say })),
  );
  process.env.DATABASE_URL = postgres.url;
  try {
    await step("migrating", "brought the database up to date", () => applyMigrations(postgres.url));
    await fillWithDemo(postgres.url, signal);
  } catch (error) {
    throw explainQueryFailure(error, postgres.data);
  }
}
