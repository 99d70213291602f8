import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { z } from "zod";
import { messageOf, StartError } from "./start-error.ts";

const prismaFolder = path.join(import.meta.dirname, "..", "prisma");

/** Any number of ours; PostgreSQL's advisory locks are told apart by it. */
const migrationLock = 5_707_011;

/** As Prisma's own engine makes it, so that `prisma migrate` reads our history and we read its. */
const historyTable = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

type Migration = { name: string; sql: string };

/**
 * Brings a database up to date and returns the names of the migrations that were applied, oldest
 * first. Each one is a transaction together with its line in the history: whatever kills it, it
 * has happened or it has not, and the next call goes on from there. Instances that start together
 * wait for each other. Throws a StartError when the database cannot be reached, a migration
 * fails, or one that another tool began stands half done.
 */
export async function applyMigrations(
  databaseUrl: string,
  folder = path.join(prismaFolder, "migrations"),
): Promise<string[]> {
  const migrations = readMigrations(folder);
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined); // a lost connection also fails the query that waits on it
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(`The database cannot be reached: ${messageOf(error)}`, { cause: error });
  }
  try {
    if ((await findPending(client, migrations)).length === 0) return [];
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    await client.query(historyTable);
    const applied: string[] = [];
    for (const migration of await findPending(client, migrations)) {
      await applyMigration(client, migration);
      applied.push(migration.name);
    }
    return applied;
  } finally {
    await client.end();
  }
}

/** How a database's history differs from the folder of migrations, one line each. */
export async function findMigrationProblems(
  query: (text: string) => Promise<unknown[]>,
  folder = path.join(prismaFolder, "migrations"),
): Promise<{ applied: number; problems: string[] }> {
  const migrations = new Map(readMigrations(folder).map(({ name, sql }) => [name, checksumOf(sql)]));
  const columns = "migration_name as name, checksum, finished_at is not null as done";
  const history = historyRows.parse(
    await query(`SELECT ${columns} FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`),
  );
  const applied = new Set(history.map(({ name }) => name));
  return {
    applied: applied.size,
    problems: [
      ...[...migrations.keys()].filter((name) => !applied.has(name)).map((name) => `${name} was not applied`),
      ...history.flatMap(({ name, checksum, done }) => {
        if (!done) return [`${name} was begun and never finished`];
        const expected = migrations.get(name);
        if (!expected) return [`${name} is not in prisma/migrations: the database is newer than this Stoa`];
        return expected === checksum ? [] : [`${name} was changed after it was applied`];
      }),
    ],
  };
}

const historyRows = z.array(z.object({ name: z.string(), checksum: z.string(), done: z.boolean() }));

function checksumOf(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}

function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({
      name,
      sql: readFileSync(path.join(folder, name, "migration.sql"), "utf8"),
    }));
}

async function findPending(client: Client, migrations: Migration[]): Promise<Migration[]> {
  const history = await readHistory(client);
  const begun = history.find((row) => row.finished_at === null && row.rolled_back_at === null);
  if (begun) {
    throw new StartError(
      `The migration ${begun.migration_name} was begun by another tool and never finished. Undo what it did, then run: DELETE FROM _prisma_migrations WHERE migration_name = '${begun.migration_name}' AND finished_at IS NULL`,
    );
  }
  const done = new Set(history.filter((row) => row.rolled_back_at === null).map((row) => row.migration_name));
  return migrations.filter(({ name }) => !done.has(name));
}

type HistoryRow = { migration_name: string; finished_at: Date | null; rolled_back_at: Date | null };

async function readHistory(client: Client): Promise<HistoryRow[]> {
  try {
    const columns = "migration_name, finished_at, rolled_back_at";
    return (await client.query<HistoryRow>(`SELECT ${columns} FROM _prisma_migrations`)).rows;
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "42P01";
    if (isMissing) return [];
    throw error;
  }
}

async function applyMigration(client: Client, { name, sql }: Migration): Promise<void> {
  const checksum = checksumOf(sql);
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw new StartError(
      `The migration ${name} failed and was undone: ${messageOf(error)}. The database is as it was before.`,
      { cause: error },
    );
  }
}

/** Where the schema stands, and the copy of it that the migrations amount to. */
function readSchemas(folder: string): { current: string; migrated: string | null } {
  const copy = path.join(folder, "migrations/schema.prisma");
  return {
    current: readFileSync(path.join(folder, "schema.prisma"), "utf8"),
    migrated: existsSync(copy) ? readFileSync(copy, "utf8") : null,
  };
}

/** Whether the migrations amount to the schema: every change of it has been written as one. */
export function checkNoDrift(folder = prismaFolder): boolean {
  const { current, migrated } = readSchemas(folder);
  return migrated === current;
}

/**
 * Writes `migrations/<time>_<name>/migration.sql` with what changed in the schema since the last
 * one, and returns its folder's name. Returns null when no table is concerned (the copy of the
 * schema is brought up to date all the same). `databaseUrl` names any PostgreSQL; it is not changed.
 */
export async function writeMigration(databaseUrl: string, name: string, folder = prismaFolder): Promise<string | null> {
  const slug = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_");
  if (!/^[a-z0-9]/.test(slug)) {
    throw new StartError("A migration needs a name: npm run db:migration -- add-bookmarks");
  }
  const { current, migrated } = readSchemas(folder);
  if (current === migrated) return null;
  const { diffSchemas } = await import("./schema-diff.ts");
  const sql = await diffSchemas(databaseUrl, migrated, current);
  const written = sql === "" ? null : `${nextTimestamp(path.join(folder, "migrations"))}_${slug}`;
  mkdirSync(path.join(folder, "migrations", written ?? ""), { recursive: true });
  if (written) {
    writeFileSync(path.join(folder, "migrations", written, "migration.sql"), `${sql}\n`);
  }
  writeFileSync(path.join(folder, "migrations/schema.prisma"), current);
  return written;
}

/**
 * Now as Prisma writes it in the names of migrations (yyyymmddhhmmss in UTC), or a second after the
 * newest one there is: their order is that of their names.
 */
function nextTimestamp(folder: string): string {
  const newest = readMigrations(folder)
    .at(-1)
    ?.name.match(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/);
  const [year = 0, month = 1, day, hour, minute, second = 0] = (newest ?? []).slice(1).map(Number);
  const after = newest ? Date.UTC(year, month - 1, day, hour, minute, second + 1) : 0;
  const time = new Date(Math.max(Date.now(), after));
  return time.toISOString().replaceAll(/\D/g, "").slice(0, 14);
}
