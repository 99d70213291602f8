import { parseArgs } from "node:util";
import { actChecks } from "../doctor/acts.ts";
import type { Check, Patient } from "../doctor/check.ts";
import { counters, recount } from "../doctor/counters.ts";
import { describe, examine, isWell, type Result, withDatabase } from "../doctor/examine.ts";
import { peopleChecks } from "../doctor/people.ts";
import { referenceChecks } from "../doctor/references.ts";
import { withShutdown } from "../shutdown.ts";
import { openSiteDatabase } from "../site-database.ts";
import { messageOf, StartError } from "../start-error.ts";
import { secondsSince } from "../steps.ts";

interface Options {
  /** only the registers */
  log: boolean;
  /** counts anew what is counted wrong */
  fix: boolean;
  json: boolean;
  /** hashes that the operator has kept */
  head: string[];
}

/**
 * `npm run doctor`: says of everything that must hold on a site whether it does, also while the site runs. Ends with 0
 * where all of it holds, with 1 where something does not. Changes nothing but the counters, with `--fix`; what has been
 * added to the registers is sealed first.
 */
export async function run(args: string[]): Promise<void> {
  const options = parseOptions(args);
  // Lines of the site's own log would stand between ours; what it would say is found anyway.
  process.env.LOG_LEVEL = "silent";
  const isAllWell = await withShutdown(async (shutdown) => {
    const url = await openSiteDatabase(shutdown, (line) => process.stderr.write(`${line}\n`));
    return visit(url, options);
  });
  process.exit(isAllWell ? 0 : 1);
}

function parseOptions(args: string[]): Options {
  try {
    const flag = { type: "boolean", default: false } as const;
    const head = { type: "string", multiple: true, default: [] as string[] } as const;
    return parseArgs({ args, options: { log: flag, fix: flag, json: flag, head } }).values;
  } catch (error) {
    throw new StartError(`${messageOf(error)}\nnpm run doctor -- [--log] [--fix] [--json] [--head HASH]…`);
  }
}

async function visit(url: string, { log, fix, json, head }: Options): Promise<boolean> {
  const started = performance.now();
  const patient = await readPatient(head);
  if (patient.settings) await sealFirst();
  const say = (line: string) => json || process.stdout.write(`${line}\n`);
  const checks = await listChecks(log);
  const recounted = fix ? await fixCounters(url) : {};
  for (const [id, rows] of Object.entries(recounted))
    say(`  counted anew: ${id}, ${rows.toLocaleString("en")} of them`);
  const results = await reachable(examine(url, checks, patient, (result) => say(describe(result))));
  const ill = results.filter((result) => !isWell(result));
  if (json) process.stdout.write(`${JSON.stringify(forMachines(results, recounted), null, 2)}\n`);
  say(`\n${results.length - ill.length} of ${results.length} hold  ${secondsSince(started)} s`);
  return ill.length === 0;
}

async function listChecks(onlyRegisters: boolean): Promise<Check[]> {
  const { registerChecks } = await import("../doctor/registers.ts");
  if (onlyRegisters) return registerChecks;
  const { fileChecks } = await import("../doctor/files.ts");
  const { systemChecks } = await import("../doctor/system.ts");
  const counterChecks = counters.map(({ check }) => check);
  return [
    ...systemChecks,
    ...peopleChecks,
    ...referenceChecks,
    ...actChecks,
    ...counterChecks,
    ...fileChecks,
    ...registerChecks,
  ];
}

async function readPatient(keptHashes: string[]): Promise<Omit<Patient, "query">> {
  const { readSettings, SettingsError } = await import("#app/server/env.server.ts");
  try {
    return { settings: readSettings(process.env), settingsProblems: [], keptHashes };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { settings: null, settingsProblems: error.lines, keptHashes };
  }
}

/** What cannot be sealed now, because the chain is broken or the database is another version's, is found by the checks. */
async function sealFirst(): Promise<void> {
  const { sealRegisters } = await import("#app/register/seals.server.ts");
  const { closeDatabase } = await import("#app/server/database.server.ts");
  await sealRegisters("all").catch(() => undefined);
  await closeDatabase();
}

/** Returns how many rows of each counter were wrong and are right now. */
function fixCounters(url: string): Promise<Record<string, number>> {
  return reachable(
    withDatabase(url, async (query) => {
      const changed: Record<string, number> = {};
      for (const counter of counters) {
        const rows = await recount(query, counter);
        if (rows > 0) changed[counter.check.id] = rows;
      }
      return changed;
    }),
  );
}

function reachable<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw new StartError(`The database cannot be examined: ${messageOf(error)}`, { cause: error });
  });
}

function forMachines(results: Result[], recounted: Record<string, number>) {
  return {
    ok: results.every(isWell),
    at: new Date().toISOString(),
    recounted,
    checks: results.map((result) => {
      const { check, finding, failure, milliseconds } = result;
      const ok = isWell(result);
      return {
        id: check.id,
        ok,
        says: check.says,
        ...finding,
        failure,
        advice: ok ? null : check.advice,
        milliseconds,
      };
    }),
  };
}
