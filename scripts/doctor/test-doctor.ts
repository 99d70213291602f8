import { settings } from "#app/server/env.server.ts";
import { actChecks } from "./acts.ts";
import { counters } from "./counters.ts";
import { describe, examine, isWell } from "./examine.ts";
import { fileChecks } from "./files.ts";
import { peopleChecks } from "./people.ts";
import { referenceChecks } from "./references.ts";
import { registerChecks } from "./registers.ts";
import { systemChecks } from "./system.ts";

export const checks = [
  ...systemChecks,
  ...peopleChecks,
  ...referenceChecks,
  ...actChecks,
  ...counters.map(({ check }) => check),
  ...fileChecks,
  ...registerChecks,
];

/** What the doctor finds wrong with a test's site, a line each. */
export async function findIlls(): Promise<string[]> {
  const patient = { settings: settings(), settingsProblems: [], keptHashes: [] };
  const results = await examine(settings().databaseUrl, checks, patient);
  return results.filter((result) => !isWell(result)).map(describe);
}
