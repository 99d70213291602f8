import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./environment.ts";
import { messageOf } from "./start-error.ts";
import { say, secondsSince } from "./steps.ts";
import { runTool, toolPath } from "./tool.ts";

/**
 * How many tests (or checks that count as one each) went well, and how many did not. `remarks` names each that failed,
 * and each that held only at its second try: the last lines of a run have to say where to look.
 */
export type Tally = { passed: number; failed: number; remarks: string[] };

export const nothing: Tally = { passed: 0, failed: 0, remarks: [] };

export function addUp(tallies: Tally[]): Tally {
  return tallies.reduce(
    (sum, { passed, failed, remarks }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      remarks: [...sum.remarks, ...remarks],
    }),
    nothing,
  );
}

/** What a run of Vitest reports of one file, as far as it is read here. */
type FileReport = {
  name: string;
  status: "passed" | "failed";
  message: string;
  assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
};

/** More failing files than this are no accident: they are not run again. */
const accidents = 3;

/**
 * The unit and request tests. A few files that failed are run once more, by themselves: what then holds was broken by
 * a busy machine, counts as passed, and is named as flaky.
 */
export function runVitest(signal: AbortSignal): Promise<Tally> {
  return runSuite("unit and request tests", async (folder) => {
    const first = await vitest([], path.join(folder, "first.json"), signal);
    const broken = first.files.filter(({ status }) => status === "failed").map(({ name }) => name);
    if (broken.length === 0 || broken.length > accidents) return tallyOf(first);
    say(`\n  once more, alone: ${broken.map(inCheckout).join(", ")}`);
    const second = await vitest(broken.map(inCheckout), path.join(folder, "second.json"), signal);
    const whole = [...first.files.filter(({ name }) => !broken.includes(name)), ...second.files];
    const tally = tallyOf({ code: second.code, files: whole });
    const failedAgain = new Set(failuresOf(second.files).map(({ name }) => name));
    const flaky = failuresOf(first.files).filter(({ name }) => !failedAgain.has(name));
    return {
      ...tally,
      remarks: [...flaky.map((each) => remark("flaky, held at the second try", each)), ...tally.remarks],
    };
  });
}

async function vitest(files: string[], report: string, signal: AbortSignal) {
  const args = ["run", ...files, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await runTool(toolPath("vitest"), args, { signal, show: true });
  return { code, files: JSON.parse(readFileSync(report, "utf8")).testResults as FileReport[] };
}

function tallyOf({ code, files }: { code: number; files: FileReport[] }): Tally {
  const statuses = files.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const passed = statuses.filter((status) => status === "passed").length;
  const failed = statuses.filter((status) => status === "failed").length;
  // A file can break before its tests, and a run beside them.
  const broken = code !== 0 && failed === 0 ? 1 : 0;
  const remarks = failuresOf(files).map((each) => remark("failed", each));
  if (broken && remarks.length === 0) remarks.push("failed: an error outside of the unit tests, see above");
  return { passed, failed: failed + broken, remarks };
}

type Failure = { name: string; why: string };

/** The tests that failed; of a file that failed without its tests, the file. */
function failuresOf(files: FileReport[]): Failure[] {
  return files
    .filter(({ status }) => status === "failed")
    .flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === "failed");
      if (failed.length === 0) return [{ name: inCheckout(name), why: message }];
      return failed.map(({ fullName, failureMessages: [why = ""] }) => ({
        name: `${inCheckout(name)} › ${fullName}`,
        why,
      }));
    });
}

/** One line of which test, and one of why: the whole error stands where the test ran. */
function remark(word: string, { name, why }: Failure): string {
  const [line = ""] = why.trim().split("\n");
  return `${word}: ${name}${line && `\n    ${line.slice(0, 300)}`}`;
}

function inCheckout(file: string): string {
  return path.relative(root, file);
}

/** What a run of Playwright reports, as far as it is read here. */
type JourneySuite = { specs: { title: string; file: string; tests: { status: string }[] }[]; suites?: JourneySuite[] };

/** The journeys in a real browser, against the build. Each that fails is walked once more (`e2e/playwright.config.ts`). */
export function runPlaywright(signal: AbortSignal): Promise<Tally> {
  return runSuite("browser journeys", async (folder) => {
    const report = path.join(folder, "report.json");
    const args = ["test", "--config", "e2e/playwright.config.ts", "--reporter=list,json"];
    const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_FORCE_TTY: "0" };
    const { code } = await runTool(toolPath("playwright"), args, { env, signal, show: true });
    const { stats, suites } = JSON.parse(readFileSync(report, "utf8"));
    // One that did not run stands for nothing.
    const passed = Number(stats.expected) + Number(stats.flaky);
    const failed = Number(stats.unexpected);
    const broken = code !== 0 && failed === 0 ? 1 : 0;
    return { passed, failed: failed + broken, remarks: remarksOn(suites) };
  });
}

function remarksOn(suites: JourneySuite[]): string[] {
  const words: Record<string, string> = { flaky: "flaky, held at the second try", unexpected: "failed" };
  return suites.flatMap(({ specs, suites: inner = [] }) => [
    ...specs.flatMap(({ title, file, tests }) =>
      tests.flatMap(({ status }) => (words[status] ? [`${words[status]}: e2e/${file} › ${title}`] : [])),
    ),
    ...remarksOn(inner),
  ]);
}

/** Runs a suite that has a folder for its reports; one that ends without any counts as one failed. */
async function runSuite(name: string, work: (folder: string) => Promise<Tally>): Promise<Tally> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "stoa-report-"));
  const started = performance.now();
  say(`\n  ${name}`);
  try {
    const tally = await work(folder);
    const mark = tally.failed === 0 ? "✓" : "✗";
    say(`${mark} ${name.padEnd(36)} ${secondsSince(started).padStart(6)} s`);
    return tally;
  } catch (error) {
    const text = `${name} ended without a report (${messageOf(error)})`;
    say(`✗ ${text}`);
    return { passed: 0, failed: 1, remarks: [`failed: ${text}`] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
