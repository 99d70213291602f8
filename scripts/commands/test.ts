import { build, isBuilt } from "../build.ts";
import { addUp, runFastChecks, runJourneys, type Tally } from "../checks.ts";
import { type Shutdown, withShutdown } from "../shutdown.ts";
import { say, secondsSinceCommand, step } from "../steps.ts";

/** `npm test`: everything. Its last line says how many passed and failed. */
export async function run(): Promise<void> {
  const { passed, failed } = await withShutdown(testEverything);
  say(`\n  everything took ${secondsSinceCommand()} s`);
  say(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

async function testEverything({ signal }: Shutdown): Promise<Tally> {
  const fast = await runFastChecks(signal);
  try {
    if (!isBuilt()) await step("building", "built the site", () => build(signal));
  } catch (error) {
    say(`✗ build\n${error instanceof Error ? error.message : error}`);
    return addUp([fast, { passed: 0, failed: 1 }]);
  }
  return addUp([fast, await runJourneys(signal)]);
}
