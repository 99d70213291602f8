import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { messageOf, StartError } from "./start-error.ts";

/**
 * The SQL that turns a database of one Prisma schema into that of another; `from` is null for an
 * empty database. Empty when nothing changes. Prisma's engine insists on a connection though it
 * only compares the two texts, so any PostgreSQL will do for `databaseUrl`.
 */
export async function diffSchemas(databaseUrl: string, from: string | null, to: string): Promise<string> {
  await loadEngine();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl }));
  const differ = await engine.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  try {
    const target = (content: string) => ({
      tag: "schemaDatamodel" as const,
      files: [{ path: "schema.prisma", content }],
      configDir: ".",
    });
    const result = await differ.diff({
      from: from === null ? { tag: "empty" } : target(from),
      to: target(to),
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.exitCode === 0 ? "" : (result.stdout ?? "").trim();
  } catch (error) {
    throw new StartError(`The schema cannot be compared: ${messageOf(error)}`, { cause: error });
  } finally {
    differ.free();
  }
}

let loading: Promise<void> | undefined;

/** The package's own entry imports WebAssembly as a module, which Node warns about. */
function loadEngine(): Promise<void> {
  loading ??= (async () => {
    const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    const bytes = readFileSync(path.join(path.dirname(entry), "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(bytes, {
      "./schema_engine_bg.js": { ...engine },
    });
    // The typings leave out the generated glue between the module and its JavaScript.
    const glue = engine as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
    glue.__wbg_set_wasm(instance.exports);
    const begin = instance.exports.__wbindgen_start;
    if (typeof begin === "function") begin();
  })();
  return loading;
}
