import pg from "pg";
import { messageOf } from "../start-error.ts";
import type { Check, Finding, Patient, Query } from "./check.ts";

/** A check with what it found. */
export interface Result {
  check: Check;
  finding: Finding;
  /** why it could not be looked at; counts as a problem */
  failure: string | null;
  milliseconds: number;
}

const longestStatement = "120s";

/**
 * Looks at everything in one moment of the database, changing nothing.
 * @param onResult hears of each as soon as it is known
 */
export async function examine(
  databaseUrl: string,
  checks: Check[],
  patient: Omit<Patient, "query">,
  onResult: (result: Result) => void = () => undefined,
): Promise<Result[]> {
  return withDatabase(databaseUrl, async (query) => {
    await query("begin isolation level repeatable read read only");
    const results: Result[] = [];
    for (const check of checks) {
      await query("savepoint before_check");
      const result = await lookAt(check, { ...patient, query });
      // A statement that failed would fail all that follow.
      await query("rollback to before_check");
      onResult(result);
      results.push(result);
    }
    await query("commit");
    return results;
  });
}

export async function lookAt(check: Check, patient: Patient): Promise<Result> {
  const started = performance.now();
  const spent = () => Math.round(performance.now() - started);
  try {
    return { check, finding: await check.look(patient), failure: null, milliseconds: spent() };
  } catch (error) {
    return { check, finding: { of: null, broken: 0, first: [] }, failure: messageOf(error), milliseconds: spent() };
  }
}

/** Connects to the database for as long as `work` takes, with times in UTC. */
export async function withDatabase<T>(databaseUrl: string, work: (query: Query) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    application_name: "stoa-doctor",
  });
  client.on("error", () => undefined); // a lost connection also fails the query that waits on it
  await client.connect();
  try {
    await client.query(
      `set time zone 'UTC'; set statement_timeout = '${longestStatement}'; set lock_timeout = '10s'; set work_mem = '64MB'`,
    );
    return await work(async (text, values) => (await client.query(text, values)).rows);
  } finally {
    await client.end();
  }
}

export function isWell({ finding, failure }: Pick<Result, "finding" | "failure">): boolean {
  return failure === null && finding.broken === 0;
}

/** One line, and further ones for what is wrong. */
export function describe({ check, finding, failure }: Result): string {
  const { says, advice } = check;
  const { of, broken, first, note } = finding;
  if (failure !== null) return `✗ ${says.padEnd(width)} could not be looked at: ${failure}`;
  const count = of?.toLocaleString("en") ?? "";
  if (broken === 0) return `✓ ${says.padEnd(width)} ${[count, note].filter(Boolean).join("  ")}`.trimEnd();
  const more = broken > first.length ? [`and ${(broken - first.length).toLocaleString("en")} more`] : [];
  const head = `✗ ${says.padEnd(width)} ${broken.toLocaleString("en")} wrong${of === null ? "" : ` of ${count}`}`;
  return [head, ...[...first, ...more].map((each) => `    ${each}`), `    → ${advice}`].join("\n");
}

const width = 64;
