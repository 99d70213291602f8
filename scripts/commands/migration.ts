import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startPostgres } from "../bundled-postgres.ts";
import { applyMigrations, writeMigration } from "../migrations.ts";
import { withShutdown } from "../shutdown.ts";
import { say, step } from "../steps.ts";

/** `npm run db:migration -- NAME`: writes the next migration and tries all of them on an empty database. */
export async function run(args: string[]): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "stoa-migration-"));
  try {
    await withShutdown(async ({ keep }) => {
      const postgres = await keep(startPostgres({ folder, durable: false }));
      const written = await step("comparing the schema", "compared the schema", () =>
        writeMigration(postgres.url, args.join(" ")),
      );
      if (written === null) {
        say("The migrations amount to prisma/schema.prisma already: nothing to write.");
        return;
      }
      say(`  wrote prisma/migrations/${written}/migration.sql: read it before you commit it`);
      await step("trying the migrations", "applied all of them to an empty database", () =>
        applyMigrations(postgres.url),
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
