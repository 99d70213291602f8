import { build, isBuilt } from "../build.ts";
import { runFastChecks, runJourneys } from "../checks.ts";
import { type Shutdown, withShutdown } from "../shutdown.ts";
import { say, secondsSinceCommand, step } from "../steps.ts";
import { addUp, type Tally } from "../test-suites.ts";

/** `npm test`: everything. Its last line says how many passed and failed. */
export async function run(): Promise<void> {
  const { passed, failed, remarks } = await withShutdown(testEverything);
  say(`\n  everything took ${secondsSinceCommand()} s`);
  for (const remark of remarks) say(remark);
  say(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

async function testEverything({ signal }: Shutdown): Promise<Tally> {
  const fast = await runFastChecks(signal);
  try {
    if (!isBuilt()) await step("building", "built the site", () => build(signal));
  } catch (error) {
    say(`✗ build\n${error instanceof Error ? error.message : error}`);
    return addUp([fast, { passed: 0, failed: 1, remarks: ["failed: build"] }]);
  }
  return addUp([fast, await runJourneys(signal)]);
}
