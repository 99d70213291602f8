import { readFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import { clusterUser } from "../scripts/postgres/cluster.ts";

/** Lets a person's last proof be an hour old: time that a test cannot wait for. */
export async function letProofAge(username: string): Promise<void> {
  const folder = path.join(process.env.E2E_FOLDER ?? "", "demo/postgres");
  const port = (await readFile(path.join(folder, "data/postmaster.pid"), "utf8")).split("\n")[3];
  const password = (await readFile(path.join(folder, "password"), "utf8")).trim();
  const client = new Client(`postgresql://${clusterUser}:${password}@127.0.0.1:${port}/${clusterUser}`);
  await client.connect();
  await client.query(
    `update sessions set proved_at = now() - interval '1 hour'
      where user_id = (select id from users where username_key = $1)`,
    [username],
  );
  await client.end();
}
