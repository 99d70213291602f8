import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { findChromium } from "../scripts/chromium.ts";

const { executablePath, args, env } = await findChromium();

/** Workers read this file again: the first reading chooses the port and the folder for all of them. */
process.env.E2E_PORT ??= String(10_000 + (process.pid % 20_000));
process.env.E2E_FOLDER ??= mkdtempSync(path.join(os.tmpdir(), "stoa-e2e-"));
const baseURL = `http://localhost:${process.env.E2E_PORT}`;

/** The journeys: real people's ways through the demo, in a real browser, with and without scripts. */
export default defineConfig({
  testDir: ".",
  outputDir: path.join(process.env.E2E_FOLDER, "results"),
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // What a busy machine broke is walked once more, and named as flaky where it then holds.
  retries: 1,
  use: {
    baseURL,
    viewport: { width: 1280, height: 900 },
    launchOptions: { executablePath, args, env: { ...process.env, ...env } as Record<string, string> }, // no value is undefined
    trace: "on-first-retry",
  },
  projects: [
    { name: "with scripts", testMatch: "*.spec.ts" },
    { name: "without scripts", testMatch: "*.journey.spec.ts", use: { javaScriptEnabled: false } },
  ],
  webServer: {
    command: "node scripts/run.mjs demo",
    cwd: path.join(import.meta.dirname, ".."),
    url: `${baseURL}/readyz`,
    timeout: 180_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "ignore",
    env: { PORT: process.env.E2E_PORT, DATA_DIR: process.env.E2E_FOLDER, LOG_LEVEL: "warn" },
  },
});
