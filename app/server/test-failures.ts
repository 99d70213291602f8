import { expect } from "vitest";
import { db } from "#app/server/database.server.ts";
import type { RequestScope } from "#app/server/request-scope.server.ts";
import type { TestResponse } from "#app/server/test-request.ts";

/** Fails at the statement of that number, as when the connection breaks there, and lets the roll-back through. */
export function failAt(failing: number): (text: string, index: number) => void {
  return failOnce((index) => index === failing);
}

/** The same, or at the next one after it where that ends a transaction well: for what takes several transactions. */
export function failFrom(failing: number): (text: string, index: number) => void {
  return failOnce((index) => index >= failing);
}

function failOnce(isDue: (index: number) => boolean): (text: string, index: number) => void {
  let failed = false;
  return (text, index) => {
    if (failed || !isDue(index) || text === "COMMIT") return;
    failed = true;
    throw new Error("the connection broke");
  };
}

/**
 * Sends a form again and again, which fails a statement later each time until it is answered with a redirect, and
 * expects that nothing at all has changed after each failure, and something in the end.
 * @param first the first statement that fails; those before it read who asks
 * @returns how often it failed
 */
export async function failAtEach(
  attempt: (beforeStatement: RequestScope["beforeStatement"]) => Promise<TestResponse>,
  { first = 1 } = {},
): Promise<number> {
  const before = await everything();
  for (let failing = first; ; failing++) {
    await db.rateLimit.deleteMany();
    const answer = await attempt(failAt(failing));
    const now = await everything();
    if (answer.status === 302) {
      expect(now).not.toEqual(before);
      return failing - first;
    }
    expect(answer.status, answer.statements.at(-1)).toBe(500);
    expect(now, `after failing at: ${answer.statements.join("; ")}`).toEqual(before);
  }
}

/** Each table of the site and of its jobs as a hash, without what every request writes: limits, and when a session was seen. */
export async function everything(): Promise<Record<string, string>> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
     where (schemaname = 'public' and tablename <> 'rate_limits' or schemaname = 'pgboss' and tablename = 'job')
     order by 1`;
  const hashes = tables.map(
    ({ name }) => `
      select '${name}' as name,
             coalesce(md5(string_agg(row::text, ' ' order by row::text)), '') as hash
        from (select to_jsonb(t) ${name === "public.sessions" ? "- 'updated_at'" : ""} as row from ${name} t) rows`,
  );
  const rows = await db.$queryRawUnsafe<{ name: string; hash: string }[]>(hashes.join(" union all "));
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}
