import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeEach, expect, inject, test } from "vitest";
import { applyMigrations, checkNoDrift, writeMigration } from "#scripts/migrations.ts";

const serverUrl = inject("templateUrl");
const home = mkdtempSync(path.join(os.tmpdir(), "stoa-migrations-"));
const databases: string[] = [];
let folder: string;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(path.join(home, "case-"));
  const name = `migrations_${path.basename(folder).slice(5).toLowerCase()}_${databases.length}`;
  databases.push(name);
  await ask(serverUrl, `CREATE DATABASE "${name}"`);
  url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
});

afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  for (const name of databases) await ask(serverUrl, `DROP DATABASE "${name}" WITH (FORCE)`);
});

test("migrations are applied once, in order, also by instances that start together", async () => {
  write("20260101000000_shelf", "CREATE TABLE shelf (id int PRIMARY KEY)");
  write("20260102000000_book", "CREATE TABLE book (shelf int REFERENCES shelf)");
  const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(url, folder)));
  expect(applied.flat()).toEqual(["20260101000000_shelf", "20260102000000_book"]);
  expect(await applyMigrations(url, folder)).toEqual([]);
});

test("a migration that fails leaves nothing of itself, and applies when it is repaired", async () => {
  write("20260101000000_shelf", "CREATE TABLE shelf (id int); SELECT 1/0");
  await expect(applyMigrations(url, folder)).rejects.toThrow(/^The migration 20260101000000_shelf failed [^\n]+$/);
  expect(await ask(url, "SELECT to_regclass('shelf')")).toBeNull();
  write("20260101000000_shelf", "CREATE TABLE shelf (id int)");
  expect(await applyMigrations(url, folder)).toEqual(["20260101000000_shelf"]);
});

test("a connection cut in the middle of a migration leaves nothing, and the next start goes on", async () => {
  write("20260101000000_shelf", "CREATE TABLE shelf (id int); SELECT pg_sleep(30)");
  const cut = expect(applyMigrations(url, folder)).rejects.toThrow(/20260101000000_shelf failed/);
  const sleeper = "FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)' AND pid <> pg_backend_pid()";
  await expect.poll(() => ask(url, `SELECT pg_terminate_backend(pid) ${sleeper}`)).toBe(true);
  await cut;
  write("20260101000000_shelf", "CREATE TABLE shelf (id int)");
  expect(await applyMigrations(url, folder)).toEqual(["20260101000000_shelf"]);
});

test("a migration that another tool left half done is told in one line", async () => {
  write("20260101000000_shelf", "CREATE TABLE shelf (id int)");
  await applyMigrations(url, folder);
  await ask(url, "UPDATE _prisma_migrations SET finished_at = NULL");
  await expect(applyMigrations(url, folder)).rejects.toThrow(/^The migration \S+ was begun by another tool [^\n]+$/);
});

test("the next migration is what changed in the schema since the last one", async () => {
  const schema = path.join(folder, "schema.prisma");
  writeFileSync(schema, 'datasource db {\n  provider = "postgresql"\n}\n\nmodel Shelf {\n  id Int @id\n}\n');
  expect(checkNoDrift(folder)).toBe(false);
  const first = await writeMigration(url, "Shelves, at last", folder);
  expect(first).toMatch(/^\d{14}_shelves_at_last$/);
  expect(await writeMigration(url, "again", folder)).toBeNull();
  appendFileSync(schema, "\nmodel Book {\n  id Int @id\n}\n");
  const second = await writeMigration(url, "books", folder);
  const sql = readFileSync(path.join(folder, "migrations", second ?? "", "migration.sql"), "utf8");
  expect(sql).toContain('CREATE TABLE "Book"');
  expect(sql).not.toContain('CREATE TABLE "Shelf"');
  expect(checkNoDrift(folder)).toBe(true);
  expect(await applyMigrations(url, path.join(folder, "migrations"))).toEqual([first, second]);
});

function write(name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

async function ask(databaseUrl: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows?.[0]?.[0];
  } finally {
    await client.end();
  }
}
