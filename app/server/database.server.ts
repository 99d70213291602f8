import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { data } from "react-router";
import { z } from "zod";
import { closeBoundedReads } from "#app/server/bounded-reads.server.ts";
import { openPool } from "#app/server/connections.server.ts";
import { settings } from "#app/server/env.server.ts";
import { log } from "#app/server/log.server.ts";
import { Prisma, PrismaClient } from "#app/server/prisma/client.ts";
import { requestScope } from "#app/server/request-scope.server.ts";

export { Prisma };
export type Transaction = Prisma.TransactionClient;

let currentPool: pg.Pool | undefined;
let currentDb: PrismaClient | undefined;

function pool(): pg.Pool {
  if (currentPool) return currentPool;
  currentPool = openPool(settings().databaseUrl);
  return currentPool;
}

function connect(): PrismaClient {
  const adapter = new PrismaPg(pool(), {
    statementNameGenerator: ({ sql }) => `p${createHash("sha1").update(sql).digest("base64url")}`,
  });
  // A burst of sign-ups queues for connections longer than Prisma's default of 2 s.
  const client = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 20_000, timeout: 20_000 },
    errorFormat: "minimal",
  });
  const extended = client.$extends({
    query: { $allOperations: ({ query, args }) => query(args).catch(sayIfAway) },
  });
  // The extension adds no model and no method; it leaves out only what nobody uses.
  return extended as unknown as PrismaClient;
}

/** The database through Prisma: for commands, and for reads that are not hot. */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  // Connects at first use, so that a module can be imported before the settings exist.
  get(_, property) {
    currentDb ??= connect();
    const value = Reflect.get(currentDb, property, currentDb);
    return typeof value === "function" ? value.bind(currentDb) : value;
  },
});

/**
 * One prepared statement, for the hot reads: a list with its authors, the viewer of a request.
 * @param name names the prepared statement, one for each text; empty for a text that is sent once
 * @param row parses each row, for what comes out of SQL is not typed by itself; made once, beside the SQL: zod writes
 *   and compiles a parser for each, which takes longer than most statements
 */
export async function select<Row>(name: string, text: string, values: unknown[], row: z.ZodType<Row>): Promise<Row[]> {
  const result = await pool().query({ name, text, values }).catch(sayIfAway);
  return result.rows.map((each: unknown) => row.parse(each));
}

/** The same connections for libraries that want a pg pool (the rate limiter). */
export function databasePool(): pg.Pool {
  return pool();
}

const answerRow = z.object({ one: z.number() });

/** Whether the database answers now. */
export async function databaseAnswers(): Promise<boolean> {
  return select("answers", "select 1 as one", [], answerRow).then(
    () => true,
    () => false,
  );
}

/**
 * Turns "the database is down, frozen or out of connections" into a 503 page: nobody is signed out by it, and
 * the next request tries anew. @throws always: that page, or the error itself
 */
export function sayIfAway(error: unknown): never {
  if (!isAway(error)) throw error;
  log.error({ err: error, id: requestScope()?.id }, "the database is away");
  throw data(null, { status: 503, statusText: "Service Unavailable", headers: { "Retry-After": "5" } });
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  const text = `${error.message} ${error.cause instanceof Error ? error.cause.message : ""}`;
  return (
    /^(ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|57P0|57014|08|53300|P1001|P1002|P1008|P1017|P2024|P2028)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable|Can't reach database/.test(
      text,
    )
  );
}

/** PostgreSQL's own code: where Prisma knows nothing more of it, its error has a code of its own or, of a COMMIT, none. */
function codeOf(error: Error): string {
  const original = prismaError.safeParse(error).data?.meta.driverAdapterError ?? adapterError.safeParse(error).data;
  return original?.cause.originalCode ?? ("code" in error ? String(error.code) : "");
}

const adapterError = z.object({ cause: z.object({ originalCode: z.string() }) });
const prismaError = z.object({ meta: z.object({ driverAdapterError: adapterError }) });

/** Runs `work` in one transaction: all of it happens, or nothing. */
export function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.$transaction(work).catch(sayIfAway);
}

/** The constraint that a unique violation names, or null when the error is another one. */
export function violatedConstraint(error: unknown): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") return null;
  return JSON.stringify(error.meta ?? {});
}

export async function closeDatabase(): Promise<void> {
  await currentDb?.$disconnect();
  await currentPool?.end();
  await closeBoundedReads();
  currentDb = undefined;
  currentPool = undefined;
}
