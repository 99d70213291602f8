import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { messageOf, StartError } from "./start-error.ts";

/** A Chromium to run the journeys in: what Playwright's `launch` wants to know, and its name. */
export type Chromium = {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
  name: string;
};

/** Quiet, reproducible, and without what needs root, a GPU or the network. */
const commonArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

const systemPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * Finds a Chromium, or brings one: `CHROMIUM_PATH`, then Playwright's own, then the system's, then
 * the one inside the package `@sparticuz/chromium`, unpacked once into the temporary folder. Needs
 * neither root nor a network. Throws a StartError when `CHROMIUM_PATH` names no program, or when
 * none fits this machine.
 */
export async function findChromium(): Promise<Chromium> {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (!isProgram(asked)) throw new StartError(`CHROMIUM_PATH is ${asked}, which is no program.`);
    return found(asked, `${asked} (CHROMIUM_PATH)`);
  }
  const playwrights = await findPlaywrightsOwn();
  if (playwrights) return found(playwrights, "Playwright's Chromium");
  const systems = systemPlaces.find(isProgram);
  if (systems) return found(systems, systems);
  if (process.platform === "linux") return unpackBundled();
  throw new StartError("There is no Chromium here. Run: npx playwright install chromium");
}

function found(executablePath: string, name: string, env: Record<string, string> = {}): Chromium {
  return { executablePath, args: commonArgs, env, name };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function findPlaywrightsOwn(): Promise<string | null> {
  const { chromium } = await import("@playwright/test");
  const file = chromium.executablePath();
  return file && existsSync(file) ? file : null;
}

async function unpackBundled(): Promise<Chromium> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve("@sparticuz/chromium");
  const home = path.join(path.dirname(entry), "..");
  const { version } = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8"));
  // The user's number keeps users apart in a shared temporary folder.
  const name = `stoa-chromium-${version}-${process.getuid?.() ?? "user"}`;
  const folder = path.join(os.tmpdir(), name);
  if (!existsSync(folder)) await unpack(entry, path.join(home, "bin"), folder);
  const env: Record<string, string> = {};
  if (!hasSystemLibrary("libnss3.so") || !hasSystemLibrary("libnspr4.so")) {
    const theirs = process.env.LD_LIBRARY_PATH;
    env.LD_LIBRARY_PATH = [path.join(folder, "al2023/lib"), theirs].filter(Boolean).join(":");
  }
  if (!existsSync("/etc/fonts/fonts.conf")) env.FONTCONFIG_PATH = path.join(folder, "fonts");
  return found(path.join(folder, "chromium"), `Chromium from @sparticuz/chromium ${version}`, env);
}

/** Unpacks beside the final folder and renames, so that one cut short is never taken for whole. */
async function unpack(entry: string, archives: string, folder: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  // The package unpacks into the temporary folder only, so a child gets one of its own.
  const program = `
    import { inflate } from ${JSON.stringify(entry)};
    const names = ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"];
    await Promise.all(names.map((name) => inflate(${JSON.stringify(`${archives}/`)} + name)));
  `;
  try {
    await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
      env: { ...process.env, TMPDIR: unfinished },
    });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (existsSync(folder)) return; // another run was faster
    throw new StartError(`Chromium could not be unpacked into ${folder}: ${messageOf(error)}`);
  }
}

function hasSystemLibrary(name: string): boolean {
  const folders = ["/lib", "/usr/lib", "/lib64", "/usr/lib64"].flatMap((folder) => [
    folder,
    path.join(folder, "x86_64-linux-gnu"),
    path.join(folder, "aarch64-linux-gnu"),
  ]);
  return folders.some((folder) => existsSync(path.join(folder, name)));
}
