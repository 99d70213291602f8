import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { findChromium } from "./chromium.ts";
import { root } from "./environment.ts";
import { checkNoDrift } from "./migrations.ts";
import { messageOf } from "./start-error.ts";
import { say, secondsSince, step } from "./steps.ts";
import { requireTool, runTool, toolPath } from "./tool.ts";

/** How many tests (or checks that count as one each) went well, and how many did not. */
export type Tally = { passed: number; failed: number };

export function addUp(tallies: Tally[]): Tally {
  return tallies.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
    passed: 0,
    failed: 0,
  });
}

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
    return { passed: 0, failed: 1 };
  }
  return runSuite("browser journeys", async (report) => {
    const args = ["test", "--config", "e2e/playwright.config.ts", "--reporter=list,json"];
    const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_FORCE_TTY: "0" };
    const { code } = await runTool(toolPath("playwright"), args, { env, signal, show: true });
    const { stats } = JSON.parse(readFileSync(report, "utf8"));
    // A flaky test passed at a later try; one that did not run stands for nothing.
    const passed = Number(stats.expected) + Number(stats.flaky);
    return { code, passed, failed: Number(stats.unexpected) };
  });
}

function runVitest(signal: AbortSignal): Promise<Tally> {
  return runSuite("unit and request tests", async (report) => {
    const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const { code } = await runTool(toolPath("vitest"), args, { signal, show: true });
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
    return { code, passed: Number(numPassedTests), failed: Number(numFailedTests) };
  });
}

/** Runs a suite that writes a report; one that fails without a failed test counts as one failed. */
async function runSuite(name: string, work: (report: string) => Promise<Tally & { code: number }>): Promise<Tally> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "stoa-report-"));
  const started = performance.now();
  say(`\n  ${name}`);
  try {
    const { code, passed, failed } = await work(path.join(folder, "report.json"));
    const broken = code !== 0 && failed === 0 ? 1 : 0;
    const mark = failed + broken === 0 ? "✓" : "✗";
    say(`${mark} ${name.padEnd(36)} ${secondsSince(started).padStart(6)} s`);
    return { passed, failed: failed + broken };
  } catch (error) {
    say(`✗ ${name}: it ended without a report (${messageOf(error)})`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One thing that holds or does not. */
async function check(name: string, work: () => Promise<void>): Promise<Tally> {
  try {
    await step(`checking: ${name}`, name, work);
    return { passed: 1, failed: 0 };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    say(`✗ ${name}\n${text.replaceAll(root, ".")}`);
    return { passed: 0, failed: 1 };
  }
}
