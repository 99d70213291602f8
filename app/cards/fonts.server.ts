import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { settings } from "#app/server/env.server.ts";
import { escapeXml } from "#app/syndication/xml.ts";

/**
 * The typefaces of cards come with the site and are the only ones that the drawing library is shown: a card looks the
 * same on every machine, also on one without any font. Which parts of a package are used: null for all of them.
 */
const packages: { name: string; family: string; parts: RegExp | null }[] = [
  { name: "newsreader", family: "Newsreader 16pt 16pt", parts: null },
  { name: "inter", family: "Inter", parts: null },
  ...Object.entries({
    arabic: "Arabic",
    hebrew: "Hebrew",
    devanagari: "Devanagari",
    thai: "Thai",
  }).map(([name, title]) => ({
    name: `noto-sans-${name}`,
    family: `Noto Sans ${title}`,
    parts: new RegExp(`^${name}$`),
  })),
  // Japanese before Chinese: the characters that both have are drawn as the first one draws them.
  ...["jp", "kr", "sc"].map((name) => ({
    name: `noto-sans-${name}`,
    family: `Noto Sans ${name.toUpperCase()}`,
    parts: /^\[\d+\]$/,
  })),
];

export const serif = packages.map(({ family }) => family).join(", ");
export const sans = packages
  .slice(1)
  .map(({ family }) => family)
  .join(", ");

export interface Fonts {
  /** whether one of the typefaces has the character */
  has(character: string): boolean;
}

let loading: Promise<Fonts> | undefined;

/** The typefaces, unpacked for the drawing library; the first call in a new installation takes half a second. */
export function loadFonts(): Promise<Fonts> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Fonts> {
  const { files, edition } = await listFontFiles();
  const folder = path.resolve(settings().dataDir, "card-fonts", edition);
  if (!existsSync(folder)) await unpack(files, folder);
  const covered = ranges.parse(JSON.parse(await readFile(path.join(folder, "coverage.json"), "utf8")));
  // Read by the drawing library when it writes its first text, in this process.
  process.env.FONTCONFIG_FILE = path.join(folder, "fonts.conf");
  process.env.PANGOCAIRO_BACKEND = "fontconfig";
  return {
    has(character) {
      const point = character.codePointAt(0) ?? 0;
      return covered.some(([from, to]) => from <= point && point <= to);
    },
  };
}

const ranges = z.array(z.tuple([z.number(), z.number()]));

/** The packed files, and a name that is another one when their packages are. */
async function listFontFiles(): Promise<{ files: string[]; edition: string }> {
  const require = createRequire(import.meta.url);
  const files: string[] = [];
  const versions: string[] = [];
  for (const { name, parts } of packages) {
    const home = path.dirname(require.resolve(`@fontsource-variable/${name}/package.json`));
    const { version } = packageFile.parse(JSON.parse(await readFile(`${home}/package.json`, "utf8")));
    versions.push(`${name} ${version}`);
    const subsets = subsetsFile.parse(JSON.parse(await readFile(`${home}/unicode.json`, "utf8")));
    for (const subset of Object.keys(subsets).filter((key) => parts?.test(key) ?? true)) {
      files.push(path.join(home, "files", `${name}-${subset.replace(/[[\]]/g, "")}-wght-normal.woff2`));
    }
  }
  return { files, edition: createHash("sha256").update(versions.join()).digest("hex").slice(0, 12) };
}

const packageFile = z.object({ version: z.string() });
const subsetsFile = z.record(z.string(), z.string());

/** Unpacks beside the final folder and renames, so that one cut short is never taken for whole. */
async function unpack(files: string[], folder: string): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}-`);
  try {
    await mkdir(path.join(unfinished, "fonts"));
    // Node runs the source as it is, in development and in production; commands start in the checkout.
    const worker = new Worker(path.resolve("app/cards/unpack-fonts-worker.ts"), {
      workerData: { files, folder: unfinished },
    });
    await new Promise((resolve, reject) => worker.once("exit", resolve).once("error", reject));
    await writeFile(path.join(unfinished, "fonts.conf"), fontsConfig(folder));
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // another process was faster
  }
}

function fontsConfig(folder: string): string {
  const [fonts, cache] = ["fonts", "cache"].map((name) => escapeXml(path.join(folder, name)));
  return `<?xml version="1.0"?>\n<fontconfig><dir>${fonts}</dir><cachedir>${cache}</cachedir></fontconfig>\n`;
}
