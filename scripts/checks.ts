import { findChromium } from "./chromium.ts";
import { root } from "./environment.ts";
import { checkNoDrift } from "./migrations.ts";
import { messageOf } from "./start-error.ts";
import { say, step } from "./steps.ts";
import { addUp, nothing, runPlaywright, runVitest, type Tally } from "./test-suites.ts";
import { requireTool, toolPath } from "./tool.ts";

/** The fast half of the tests: types, lint, migrations, and everything that Vitest runs. */
export async function runFastChecks(signal: AbortSignal): Promise<Tally> {
  const types = check("types", async () => {
    await requireTool(toolPath("react-router"), ["typegen"], { signal });
    await requireTool(toolPath("tsc"), ["--noEmit"], { signal });
  });
  const lint = check("lint and format", () =>
    requireTool(toolPath("biome"), ["check", "--error-on-warnings", "."], { signal }),
  );
  const drift = check("migrations amount to the schema", async () => {
    if (!checkNoDrift()) {
      throw new Error("prisma/schema.prisma was changed and no migration says so: npm run db:migration -- NAME");
    }
  });
  // Vitest alone uses both cores; beside the compiler its time limits would be somebody else's.
  const first = await Promise.all([types, lint, drift]);
  return addUp([...first, await runVitest(signal)]);
}

/** The journeys in a real browser, against the build. */
export async function runJourneys(signal: AbortSignal): Promise<Tally> {
  try {
    const { name } = await findChromium();
    say(`  the journeys run in ${name}`);
  } catch (error) {
    say(`✗ ${messageOf(error)}`);
    return { passed: 0, failed: 1, remarks: ["failed: no browser for the journeys"] };
  }
  return runPlaywright(signal);
}

/** One thing that holds or does not. */
async function check(name: string, work: () => Promise<void>): Promise<Tally> {
  try {
    await step(`checking: ${name}`, name, work);
    return { ...nothing, passed: 1 };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    say(`✗ ${name}\n${text.replaceAll(root, ".")}`);
    return { passed: 0, failed: 1, remarks: [`failed: ${name}`] };
  }
}
