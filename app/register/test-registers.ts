import pg from "pg";
import { type ChainReport, checkChain } from "#app/register/chain-check.server.ts";
import type { Head, Register } from "#app/register/register.ts";
import { settings } from "#app/server/env.server.ts";

/** Somebody at psql who may do anything: no trigger and no foreign key stands in their way. */
export async function atPsql(text: string, values: unknown[] = []): Promise<void> {
  await connected(async (client) => {
    await client.query("set session_replication_role = replica");
    const { rowCount } = await client.query(text, values);
    if (rowCount === 0) throw new Error(`nothing was changed by: ${text}`);
  });
}

export function check(
  register: Register,
  { secrets = [settings().authSecret], knownHeads = [] }: { secrets?: string[]; knownHeads?: Head[] } = {},
): Promise<ChainReport> {
  return connected(async (client) => {
    await client.query("set time zone 'UTC'");
    const query = async (text: string, values?: unknown[]) => (await client.query(text, values)).rows;
    return checkChain(query, register, { secrets, knownHeads });
  });
}

async function connected<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: settings().databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
