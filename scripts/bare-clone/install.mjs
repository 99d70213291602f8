import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { begin, hashOf, Refusal, root, run } from "./quiet-run.mjs";

/** Installs what package-lock.json asks for, unless it is there. */
export async function install() {
  const stamp = path.join(root, "node_modules/.stoa-install");
  const wanted = `${process.platform}-${process.arch} ${hashOf(["package-lock.json"])}\n`;
  const found = existsSync(stamp) ? readFileSync(stamp, "utf8") : wanted;
  if (existsSync(stamp) && found === wanted) return;
  const isSamePlatform = found.split(" ")[0] === wanted.split(" ")[0];
  if (!isSamePlatform || !isInstalledByHand()) {
    const begun = begin("installing packages (about half a minute, the first time only)");
    rmSync(stamp, { force: true });
    const options = ["--prefer-offline", "--include=dev", "--include=optional", "--loglevel=error"];
    try {
      await run(...npmCommand("ci", ...options));
    } catch (error) {
      if (!isAboutOtherPlatforms(error.output)) throw error;
      await run(...npmCommand("install", "--no-save", ...options));
    }
    begun("installed the packages");
  }
  writeFileSync(stamp, wanted);
}

/**
 * Whether `npm ci` refuses only for optional packages that package-lock.json leaves out: those of
 * platforms that the registry it was made with did not have. Some versions of npm take that for a
 * lock file out of date; `npm install` installs the same versions from it all the same.
 */
function isAboutOtherPlatforms(output = "") {
  const complaints = [...output.matchAll(/Missing: (.+?)@\S* from lock file/g)];
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const optional = new Set(Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {})));
  return complaints.length > 0 && !/Invalid: /.test(output) && complaints.every(([, name]) => optional.has(name));
}

/** Whether npm's own note of what it installed agrees with package-lock.json. */
function isInstalledByHand() {
  try {
    const read = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8")).packages;
    const installed = read("node_modules/.package-lock.json");
    return Object.entries(read("package-lock.json")).every(
      ([name, { version, optional }]) =>
        name === "" || installed[name]?.version === version || (!installed[name] && optional),
    );
  } catch {
    return false;
  }
}

function npmCommand(...npmArgs) {
  const script = process.env.npm_execpath;
  // Under npm, the very npm that runs us; else the one on the path.
  if (script?.endsWith(".js")) return [process.execPath, [script, ...npmArgs]];
  if (spawnSync("npm", ["--version"]).status === 0) return ["npm", npmArgs];
  throw new Refusal("npm is not installed here. It comes with Node: https://nodejs.org/en/download.");
}
