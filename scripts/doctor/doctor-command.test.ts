import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BundledPostgres, startPostgres } from "../bundled-postgres.ts";
import { keepSecret, root } from "../environment.ts";
import { applyMigrations } from "../migrations.ts";
import { withDatabase } from "./examine.ts";

const home = mkdtempSync(path.join(os.tmpdir(), "stoa-doctor-"));
/** Each command is a process of its own, which takes a second and more. */
const patient = { timeout: 120_000 };
let postgres: BundledPostgres | null = null;

beforeAll(async () => {
  keepSecret(home);
  postgres = await startPostgres({ folder: path.join(home, "postgres"), durable: false });
  await applyMigrations(postgres.url);
});

afterAll(async () => {
  await postgres?.stop();
  rmSync(home, { recursive: true, force: true });
});

/** Runs a command as an operator would, beside a site that may be running. */
function operate(args: string[], folder = home): Promise<{ code: number | null; output: string }> {
  const { STOA_COMMAND, DATABASE_URL, AUTH_SECRET, NODE_ENV, ...env } = process.env;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["scripts/run.mjs", ...args], {
      cwd: root,
      env: { ...env, DATA_DIR: folder, SITE_URL: "https://stoa.example.org" },
    });
    let output = "";
    child.stdout.on("data", (part) => (output += part));
    child.stderr.on("data", (part) => (output += part));
    child.once("close", (code) => resolve({ code, output }));
  });
}

test("beside a running site the doctor looks at its database", patient, async () => {
  const well = await operate(["doctor"]);
  expect(well.output).toMatch(/✓ There is an admin +0 {2}nobody has an account yet\n/);
  expect(well.code).toBe(0);

  await withDatabase(postgres?.url ?? "", (query) =>
    query(`insert into users (id, username, username_key, username_skeleton, name, email, email_verified, updated_at)
           values (gen_random_uuid(), 'Mina', 'mina', 'mlna', 'Mina', 'mina@example.org', true, now())`),
  );
  const withoutAdmin = await operate(["doctor", "--json"]);
  expect(withoutAdmin.code).toBe(1);
  const { ok, checks } = JSON.parse(withoutAdmin.output);
  expect(ok).toBe(false);
  expect(checks.filter((check: { ok: boolean }) => !check.ok).map(({ id }: { id: string }) => id)).toEqual(["admins"]);
});

test("a promotion reaches the database of a running site, and is told as it is", patient, async () => {
  const promoted = await operate(["admin", "promote", "@mina"]);
  expect(promoted.output).toMatch(/^@mina is an admin now, and was a member\. [^\n]+\n$/);
  expect(promoted.code).toBe(0);
  const again = await operate(["admin", "promote", "mina"]);
  expect(again).toEqual({ code: 0, output: "@mina is an admin already.\n" });
  expect(await operate(["admin", "promote", "omar"])).toEqual({
    code: 1,
    output: "Nobody has the username omar.\n",
  });
  expect((await operate(["doctor"])).code).toBe(0);
});

test("a wrong counter is counted anew when asked to, and only then", patient, async () => {
  await withDatabase(postgres?.url ?? "", (query) => query("update users set post_count = 7"));
  expect((await operate(["doctor"])).output).toContain("→ npm run doctor -- --fix counts them anew.");
  const fixed = await operate(["doctor", "--fix"]);
  expect(fixed.output).toContain("  counted anew: user-posts, 1 of them\n");
  expect(fixed.code).toBe(0);
});

test(
  "without a running site the doctor starts the database and stops it again; an altered row is named",
  patient,
  async () => {
    const named = await withDatabase(postgres?.url ?? "", async (query) => {
      await query("set session_replication_role = replica");
      await query("update moderation_actions set details = '{}'");
      return (await query("select id::text from moderation_actions")) as { id: string }[]; // as the statement says
    });
    await postgres?.stop();
    postgres = null;
    const { code, output } = await operate(["doctor", "--log"]);
    expect(output).toContain(`✗ The register moderation_actions is as it was sealed`);
    expect(output).toContain(`    ${named[0]?.id} (position 1) was altered\n`);
    expect(output).toContain("2 of 3 hold");
    expect(code).toBe(1);
    expect(existsSync(path.join(home, "postgres/data/postmaster.pid"))).toBe(false);
  },
);

test("where there is no site the doctor makes none", async () => {
  const empty = path.join(home, "empty");
  const { code, output } = await operate(["doctor"], empty);
  expect(output).toContain(`There is no database in ${empty}/postgres. Set DATABASE_URL, or DATA_DIR`);
  expect(code).toBe(1);
  expect(existsSync(empty)).toBe(false);
});

test("an option that does not exist is told in one line with those that do", async () => {
  const { code, output } = await operate(["doctor", "--loud"]);
  expect(output).toContain("npm run doctor -- [--log] [--fix] [--json] [--head HASH]…");
  expect(code).toBe(1);
});
