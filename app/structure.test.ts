import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { RouteConfigEntry } from "@react-router/dev/routes";
import { expect, test } from "vitest";
import routes from "#app/routes.ts";

/** The house's rules that a linter cannot say: which kind of file may import which. */

interface SourceFile {
  name: string;
  /** app-relative names of the files that it imports at run time */
  imports: string[];
}

const files = await readSourceFiles();
const routeModules = new Set((await routes).flatMap(modulesOf));

test("nobody imports a route module", () => {
  expect(offences((file, imported) => routeModules.has(imported) && file.name !== "routes.ts")).toEqual([]);
});

test("only server files, the limiter and tests reach the database", () => {
  const mayReach = (name: string) => /\.server\.ts$|^middleware\/rate-limit\.ts$|test/.test(name);
  expect(offences((file, imported) => imported === "server/database.server.ts" && !mayReach(file.name))).toEqual([]);
});

test("what browsers load never imports a server file", () => {
  const forBrowsers = (name: string) =>
    !/\.server\.tsx?$|-worker\.ts$|test|^middleware\/|^routes\.ts$|^entry\.server/.test(name) &&
    !routeModules.has(name) &&
    name !== "root.tsx";
  expect(offences((file, imported) => forBrowsers(file.name) && imported.includes(".server."))).toEqual([]);
});

test("a noun knows nouns, not views; views know no servers", () => {
  const isNoun = (name: string) =>
    name.endsWith(".ts") && !name.endsWith(".server.ts") && !routeModules.has(name) && !name.includes("test");
  expect(offences((file, imported) => isNoun(file.name) && imported.endsWith(".tsx"))).toEqual([]);
});

test("a server file draws nothing", () => {
  expect(offences((file, imported) => file.name.endsWith(".server.ts") && imported.endsWith(".tsx"))).toEqual([]);
});

test("no file is longer than 300 lines, and no folder is a drawer", async () => {
  const long = await Promise.all(
    files.map(async ({ name }) => ({
      name,
      lines: (await readFile(path.join("app", name), "utf8")).split("\n").length,
    })),
  );
  expect(long.filter(({ lines }) => lines > 300)).toEqual([]);
  expect(
    files.filter(({ name }) =>
      /(^|\/)(utils?|helpers?|lib|services?|common|misc|hooks|types|components)(\/|\.tsx?$)/.test(name),
    ),
  ).toEqual([]);
  expect(files.filter(({ name }) => /(^|\/)index\.tsx?$/.test(name))).toEqual([]);
});

test("a prepared statement's name is one file's alone: a connection takes it for one text", async () => {
  const owners = new Map<string, Set<string>>();
  for (const { name } of files) {
    const source = await readFile(path.join("app", name), "utf8");
    for (const [, statement = ""] of source.matchAll(/\bselect\(\s*["`]([^"`]+)["`]/g)) {
      owners.set(statement, (owners.get(statement) ?? new Set()).add(name));
    }
  }
  expect(owners.size).toBeGreaterThan(50);
  expect([...owners].filter(([, names]) => names.size > 1)).toEqual([]);
});

function offences(isOffence: (file: SourceFile, imported: string) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports.filter((imported) => isOffence(file, imported)).map((imported) => `${file.name} → ${imported}`),
  );
}

function modulesOf(entry: RouteConfigEntry): string[] {
  return [entry.file, ...(entry.children ?? []).flatMap(modulesOf)];
}

async function readSourceFiles(): Promise<SourceFile[]> {
  const names = (await readdir("app", { recursive: true })).filter(
    (name) => /\.tsx?$/.test(name) && !name.startsWith("server/prisma"),
  );
  return Promise.all(
    names.map(async (name) => {
      const source = await readFile(path.join("app", name), "utf8");
      const imports = [...source.matchAll(/^(?:import|export) (?!type )[^;]*?from "#app\/([^"]+)";/gms)];
      return { name, imports: imports.map((match) => match[1] ?? "") };
    }),
  );
}
