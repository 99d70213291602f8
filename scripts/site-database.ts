import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { startPostgres } from "./bundled-postgres.ts";
import { root } from "./environment.ts";
import { findRunningPostgres, hasCluster } from "./postgres/running.ts";
import type { Shutdown } from "./shutdown.ts";
import { StartError } from "./start-error.ts";

/**
 * Finds the database of the site that `npm start` serves, and sets this process's environment as the site would have
 * it: `DATABASE_URL`, or the bundled PostgreSQL of `DATA_DIR`, which may be running for a site that is up and is
 * otherwise started until the command ends. Makes nothing that is missing, neither a database nor a secret.
 */
export async function openSiteDatabase({ keep }: Shutdown, log: (line: string) => void): Promise<string> {
  const dataFolder = path.resolve(root, process.env.DATA_DIR || ".data");
  Object.assign(process.env, { DATA_DIR: dataFolder, STOA_COMMAND: "start", NODE_ENV: "production" });
  if (!process.env.DATABASE_URL) {
    const secret = path.join(dataFolder, "auth-secret");
    if (!process.env.AUTH_SECRET && existsSync(secret)) process.env.AUTH_SECRET = readFileSync(secret, "utf8").trim();
    process.env.DATABASE_URL = await openBundled(path.join(dataFolder, "postgres"), keep, log);
  }
  return process.env.DATABASE_URL;
}

async function openBundled(folder: string, keep: Shutdown["keep"], log: (line: string) => void): Promise<string> {
  if (!hasCluster(folder)) throw noDatabase(folder);
  return (await findRunningPostgres(folder)) ?? (await keep(startPostgres({ folder, log }))).url;
}

function noDatabase(folder: string): StartError {
  const demo = ["demo", "dev"].find((name) => hasCluster(path.join(root, ".data", name, "postgres")));
  const hint = demo ? ` For the ${demo} site: DATA_DIR=.data/${demo}` : "";
  return new StartError(
    `There is no database in ${folder}. Set DATABASE_URL, or DATA_DIR to the site's folder.${hint}`,
  );
}
