import path from "node:path";
import { startPostgres } from "../bundled-postgres.ts";
import { keepSecret, makeDataFolder, requireFreePort, setDefaults } from "../environment.ts";
import { applyMigrations } from "../migrations.ts";
import { explainQueryFailure } from "../postgres/diagnosis.ts";
import { refuseBadSettings } from "../settings-check.ts";
import { type Shutdown, withShutdown } from "../shutdown.ts";
import { loadSiteBuild } from "../site.ts";
import { StartError } from "../start-error.ts";
import { say, secondsSinceCommand, step } from "../steps.ts";
import { buildIfStale } from "./demo.ts";

/** `npm start`: the real site. It refuses to start on settings or accounts that are not safe. */
export async function run(): Promise<void> {
  setDefaults({ PORT: "3000", HOST: "0.0.0.0" });
  Object.assign(process.env, { NODE_ENV: "production", STOA_COMMAND: "start" });
  const dataFolder = makeDataFolder();
  process.env.DATA_DIR = dataFolder;
  const isBundled = !process.env.DATABASE_URL;
  if (isBundled) setDefaults({ AUTH_SECRET: keepSecret(dataFolder) });
  refuseBadSettings();
  const { PORT = "", HOST = "" } = process.env;
  await requireFreePort(HOST, PORT, "start");
  await withShutdown(async (shutdown) => {
    await Promise.all([
      buildIfStale(shutdown.signal),
      prepareDatabase(isBundled ? path.join(dataFolder, "postgres") : null, shutdown),
    ]);
    const { startSite, findStartProblems, createSetupLink, closeDatabase } = await loadSiteBuild();
    const problems = await findStartProblems();
    if (problems.length > 0) {
      await closeDatabase?.();
      throw new StartError(problems.join("\n"));
    }
    const site = await shutdown.keep(step("opening the site", "opened the site", startSite));
    say(`\n  ${process.env.SITE_NAME || "Stoa"} is at ${site.url}, ready in ${secondsSinceCommand()} s`);
    const link = await createSetupLink();
    if (link) {
      say(`  Nobody has an account yet. Make the first admin's here, once:\n    ${link}`);
    }
    await shutdown.wait();
  });
}

async function prepareDatabase(bundledFolder: string | null, { keep }: Shutdown): Promise<void> {
  const migrate = (url: string) => step("migrating", "brought the database up to date", () => applyMigrations(url));
  if (bundledFolder === null) {
    await migrate(process.env.DATABASE_URL ?? "");
    return;
  }
  const postgres = await step("starting PostgreSQL", "started PostgreSQL", () =>
    keep(startPostgres({ folder: bundledFolder, log: say })),
  );
  process.env.DATABASE_URL = postgres.url;
  try {
    await migrate(postgres.url);
  } catch (error) {
    throw explainQueryFailure(error, postgres.data);
  }
}
