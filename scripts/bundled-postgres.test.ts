import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, expect, test } from "vitest";
import { startPostgres } from "#scripts/bundled-postgres.ts";
import { isAlive } from "#scripts/postgres/process-identity.ts";

const home = mkdtempSync(path.join(os.tmpdir(), "stoa-postgres-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test("what was acknowledged survives kill -9 of PostgreSQL, which comes back on the same address", async () => {
  const folder = path.join(home, "killed");
  const postgres = await startPostgres({ folder });
  await ask(postgres.url, "CREATE TABLE notes (text text); INSERT INTO notes VALUES ('kept')");
  process.kill(serverOf(folder), "SIGKILL");
  await expect.poll(() => ask(postgres.url, "SELECT text FROM notes").catch(() => null)).toBe("kept");
  await postgres.stop();
});

test("kill -9 of Stoa leaves no PostgreSQL behind, and the next start finds everything", async () => {
  const folder = path.join(home, "orphaned");
  const { child, url } = await startElsewhere(folder);
  const server = serverOf(folder);
  await ask(url, "CREATE TABLE notes (text text); INSERT INTO notes VALUES ('kept')");
  child.kill("SIGKILL");
  const postgres = await startPostgres({ folder });
  expect(serverOf(folder)).not.toBe(server);
  expect(isAlive(server)).toBe(false);
  expect(await ask(postgres.url, "SELECT text FROM notes")).toBe("kept");
  await postgres.stop();
});

test("a second Stoa on the same folder is refused with one line", async () => {
  const folder = path.join(home, "owned");
  const postgres = await startPostgres({ folder, durable: false });
  await expect(startPostgres({ folder })).rejects.toThrow(/^Another Stoa is using \S+ \(process \d+\)\. [^\n]+$/);
  expect(await ask(postgres.url, "SELECT 1::text")).toBe("1");
  await postgres.stop();
});

test("a data folder that cannot be read is named in one line with the way out", async () => {
  const folder = path.join(home, "broken");
  const data = path.join(folder, "data");
  await (await startPostgres({ folder, durable: false })).stop();
  truncateSync(path.join(data, "global/pg_control"), 100);
  await expect(startPostgres({ folder })).rejects.toThrow(/^The database in \S+\/data cannot be read [^\n]+mv [^\n]+$/);
  writeFileSync(path.join(data, "PG_VERSION"), "15\n");
  await expect(startPostgres({ folder })).rejects.toThrow(/^The database in \S+ was made by PostgreSQL 15[^\n]+$/);
  rmSync(path.join(data, "PG_VERSION"));
  await expect(startPostgres({ folder })).rejects.toThrow(/it holds no PG_VERSION[^\n]+$/);
});

test("a file in the place of the folder is named in one line", async () => {
  const file = path.join(home, "file");
  writeFileSync(file, "");
  await expect(startPostgres({ folder: path.join(file, "postgres") })).rejects.toThrow(/a file is in its path[^\n]+$/);
});

test("a cluster that a kill left half made is made anew", async () => {
  const folder = path.join(home, "unfinished");
  mkdirSync(path.join(folder, "data.unfinished/global"), { recursive: true });
  writeFileSync(path.join(folder, "data.unfinished/PG_VERSION"), "18\n");
  const postgres = await startPostgres({ folder, durable: false });
  expect(await ask(postgres.url, "SELECT datlocale FROM pg_database WHERE datname = 'stoa'")).toBe("C.UTF-8");
  await postgres.stop();
});

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const result = await client.query({ text: sql, rowMode: "array" });
    return result.rows?.[0]?.[0];
  } finally {
    await client.end();
  }
}

function serverOf(folder: string): number {
  return Number(readFileSync(path.join(folder, "data/postmaster.pid"), "utf8").split("\n")[0]);
}

function startElsewhere(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const module = path.join(import.meta.dirname, "bundled-postgres.ts");
  const program = `
    const { startPostgres } = await import(${JSON.stringify(module)});
    console.log((await startPostgres({ folder: ${JSON.stringify(folder)} })).url);
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program]);
  return new Promise((resolve, reject) => {
    child.stdout.once("data", (chunk) => resolve({ child, url: String(chunk).trim() }));
    child.once("exit", () => reject(new Error("it did not start")));
  });
}
