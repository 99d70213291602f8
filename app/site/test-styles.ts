import { readFileSync } from "node:fs";
import path from "node:path";
import { scriptsThatRun } from "#app/site/test-scripts.ts";

const app = path.join(import.meta.dirname, "..");

/** The classes that are dressed by members.css and not by app.css. */
export function membersOnlyClasses(): Set<string> {
  const readers = new Set(classesDressedBy("app.css"));
  return new Set(classesDressedBy("members.css").filter((name) => !readers.has(name)));
}

/** The classes on a page that gets no scripts, and so no members.css; none on another page. */
export function classesOfReadingPage(html: string): string[] {
  if (scriptsThatRun(html).length > 0) return [];
  return [...html.matchAll(/\sclass="([^"]*)"/g)].flatMap(([, names = ""]) => names.split(" "));
}

function classesDressedBy(sheet: string): string[] {
  const imports = [...readFileSync(path.join(app, sheet), "utf8").matchAll(/@import "(\.[^"]+)"/g)];
  return imports.flatMap(([, file = ""]) => {
    const css = readFileSync(path.join(app, file), "utf8").replace(/\/\*[\s\S]*?\*\/|url\([^)]*\)/g, "");
    return [...css.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name = ""]) => name);
  });
}
