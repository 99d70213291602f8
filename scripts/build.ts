import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { compressFolder } from "./compress.ts";
import { root } from "./environment.ts";
import { requireTool, toolPath } from "./tool.ts";

/** What the build depends on. */
const sources = [
  "app",
  "public",
  "vite.config.ts",
  "react-router.config.ts",
  "package-lock.json",
  "prisma/schema.prisma",
];
const stamp = path.join(root, "build/.stoa-build");

/** Whether the build was made, whole, from the sources as they are. */
export function isBuilt(): boolean {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hashSources();
}

/** Builds the site for production and compresses its files. A build cut short counts as none. */
export async function build(signal?: AbortSignal): Promise<void> {
  const hash = hashSources();
  rmSync(stamp, { force: true });
  await requireTool(toolPath("react-router"), ["build"], {
    env: { NODE_ENV: "production" },
    ...(signal ? { signal } : {}),
  });
  await compressFolder(path.join(root, "build/client"));
  writeFileSync(stamp, hash);
}

function hashSources(): string {
  const hash = createHash("sha256");
  for (const source of sources) addToHash(hash, source);
  return hash.digest("hex");
}

function addToHash(hash: ReturnType<typeof createHash>, name: string): void {
  const file = path.join(root, name);
  // The generated client follows from the schema, and tests are not part of the build.
  if (!existsSync(file) || name === "app/server/prisma" || /\.test\.tsx?$/.test(name)) return;
  if (statSync(file).isDirectory()) {
    for (const entry of readdirSync(file).sort()) addToHash(hash, `${name}/${entry}`);
    return;
  }
  hash.update(`${name}\0`).update(readFileSync(file));
}
