import path from "node:path";
import { Client } from "pg";
import { root } from "./environment.ts";
import { applyMigrations } from "./migrations.ts";
import { step } from "./steps.ts";
import { requireTool } from "./tool.ts";

const draftName = "stoa_filling";

/** Whether nobody has an account in the database yet; it must be migrated. */
export async function hasNoUsers(databaseUrl: string): Promise<boolean> {
  const { rows } = await query<{ none: boolean }>(databaseUrl, "SELECT NOT EXISTS (SELECT FROM users) AS none");
  return rows[0]?.none === true;
}

/**
 * Fills an empty site with the demo's people and posts. They are written into a database beside
 * it, which takes the site's place when it is complete: a Ctrl-C leaves no half-filled site.
 */
export async function fillWithDemo(databaseUrl: string, signal: AbortSignal): Promise<void> {
  if (!(await hasNoUsers(databaseUrl))) return;
  await step("filling it with people and posts", "filled it with people and posts", async () => {
    const draftUrl = withDatabase(databaseUrl, draftName);
    const maintenanceUrl = withDatabase(databaseUrl, "postgres");
    const name = new URL(databaseUrl).pathname.slice(1);
    await query(maintenanceUrl, `DROP DATABASE IF EXISTS "${draftName}" WITH (FORCE)`);
    await query(maintenanceUrl, `CREATE DATABASE "${draftName}"`);
    await applyMigrations(draftUrl);
    // A process of its own: the site that starts here afterwards has none of its modules loaded.
    await requireTool(process.execPath, [path.join(root, "scripts/seed-demo.ts")], {
      env: { DATABASE_URL: draftUrl },
      signal,
    });
    await query(maintenanceUrl, `DROP DATABASE "${name}" WITH (FORCE)`);
    await query(maintenanceUrl, `ALTER DATABASE "${draftName}" RENAME TO "${name}"`);
  });
}

function withDatabase(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function query<Row extends object>(url: string, text: string) {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await client.query<Row>(text);
  } finally {
    await client.end();
  }
}
