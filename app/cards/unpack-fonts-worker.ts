// A thread of its own, started by fonts.server.ts once for each installation: unpacking takes half a second.
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { workerData } from "node:worker_threads";
import { z } from "zod";
import { coverageOf } from "#app/cards/font-coverage.ts";

const { files, folder } = z.object({ files: z.array(z.string()), folder: z.string() }).parse(workerData);
// The package has no types.
const woff = createRequire(import.meta.url)("wawoff2") as { decompress(file: Uint8Array): Promise<Uint8Array> };
const coverage: [number, number][] = [];
for (const file of files) {
  const font = await woff.decompress(await readFile(file));
  await writeFile(path.join(folder, "fonts", `${path.basename(file, ".woff2")}.ttf`), font);
  coverage.push(...coverageOf(font));
}
await writeFile(path.join(folder, "coverage.json"), JSON.stringify(coverage));
