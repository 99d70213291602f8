import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { data } from "react-router";
import { z } from "zod";
import { settings } from "#app/server/env.server.ts";
import { log } from "#app/server/log.server.ts";
import { Prisma, PrismaClient } from "#app/server/prisma/client.ts";
import { type RequestScope, requestScope } from "#app/server/request-scope.server.ts";

export { Prisma };
export type Transaction = Prisma.TransactionClient;

/** Tells the request's scope of every statement, whoever sends it: Prisma or ourselves. */
class ObservedClient extends pg.Client {
  // pg's query has eleven overloads; this passes all of them on unchanged.
  // biome-ignore lint/suspicious/noExplicitAny: the signature is pg's
  override query(...args: any[]): any {
    const scope = requestScope();
    if (scope) {
      const text: string = typeof args[0] === "string" ? args[0] : args[0].text;
      scope.beforeStatement?.(text, scope.statements.length);
      scope.statements.push(text);
    }
    if (scope && typeof args[0] === "object") args[0].query_timeout = patienceLeft();
    // biome-ignore lint/suspicious/noExplicitAny: the signature is pg's
    const result = (super.query as any)(...args);
    if (result instanceof Promise) {
      result.then(
        () => answered(scope),
        (error) => {
          // After the server's own error the connection is fine. After a time-out nobody knows what it still does, and
          // a ROLLBACK that waits behind it may never be sent: only the end of the connection ends its transaction.
          if (!(error instanceof pg.DatabaseError)) this.breakOff();
        },
      );
    }
    return result;
  }

  private breakOff(): void {
    // @types/pg leaves the client's connection out.
    (this as unknown as { connection: { stream: Duplex } }).connection.stream.destroy();
  }
}

/**
 * A pool whose `query` stays in its caller's async context, so that the scope above is the right one, and whose
 * `connect` waits no longer than the request's patience.
 */
class ContextPool extends pg.Pool {
  // biome-ignore lint/suspicious/noExplicitAny: the signature is pg's
  override connect(callback?: any): any {
    if (callback || !requestScope()) return super.connect(callback);
    const connecting = super.connect();
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        reject(new Error("timeout exceeded when trying to connect"));
        connecting.then((client) => client.release()).catch(() => undefined);
      }, patienceLeft());
      connecting.then(resolve, reject).finally(() => clearTimeout(limit));
    });
  }

  // biome-ignore lint/suspicious/noExplicitAny: the signature is pg's
  override async query(...args: any[]): Promise<any> {
    const client = await this.connect();
    try {
      // biome-ignore lint/suspicious/noExplicitAny: the signature is pg's
      const result = await (client.query as any)(...args);
      client.release();
      return result;
    } catch (error) {
      // After the server's own error the connection is fine; after a time-out or a break it is not.
      client.release(!(error instanceof pg.DatabaseError));
      throw error;
    }
  }
}

/** A database that has not answered a request for this long counts as down (safety: 503 within 5 s). */
const patienceMs = 4_500;
const statementTimeoutMs = 4_000;

/** Milliseconds that this request may still wait for an answer; from one answer to the next it starts anew. */
function patienceLeft(): number {
  const scope = requestScope();
  if (!scope) return patienceMs;
  scope.waitingSince ??= performance.now();
  return Math.max(1, patienceMs - (performance.now() - scope.waitingSince));
}

function answered(scope: RequestScope | undefined): void {
  if (scope) scope.waitingSince = undefined;
}

let currentPool: pg.Pool | undefined;
let currentDb: PrismaClient | undefined;

function pool(): pg.Pool {
  if (currentPool) return currentPool;
  currentPool = new ContextPool({
    connectionString: settings().databaseUrl,
    max: 20,
    connectionTimeoutMillis: 4_000,
    statement_timeout: statementTimeoutMs,
    // For a server that does not even count its own time any more.
    query_timeout: patienceMs,
    idle_in_transaction_session_timeout: 30_000,
    idleTimeoutMillis: 60_000,
    application_name: "stoa",
    // `Client` is a documented option of pg-pool that @types/pg leaves out.
    ...({ Client: ObservedClient } as object),
  });
  currentPool.on("error", (error) => log.warn({ err: error }, "a database connection broke"));
  // A COMMIT or ROLLBACK that never arrived leaves its transaction open. Nobody may go on inside it.
  currentPool.on("release", (_error, client) => {
    if (client.getTransactionStatus() !== "I") client.end().catch(() => undefined);
  });
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
 * @param name names the prepared statement; unique for each text
 * @param row parses each row, for what comes out of SQL is not typed by itself
 */
export async function select<Row>(name: string, text: string, values: unknown[], row: z.ZodType<Row>): Promise<Row[]> {
  const result = await pool().query({ name, text, values }).catch(sayIfAway);
  return result.rows.map((each: unknown) => row.parse(each));
}

/** The same connections for libraries that want a pg pool (the rate limiter). */
export function databasePool(): pg.Pool {
  return pool();
}

/** Whether the database answers now. */
export async function databaseAnswers(): Promise<boolean> {
  return select("answers", "select 1 as one", [], z.object({ one: z.number() })).then(
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
  const code = "code" in error ? String(error.code) : "";
  const text = `${error.message} ${error.cause instanceof Error ? error.cause.message : ""}`;
  return (
    /^(ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|57P0|57014|08|53300|P1001|P1002|P1008|P1017|P2024|P2028)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable|Can't reach database/.test(
      text,
    )
  );
}

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
  currentDb = undefined;
  currentPool = undefined;
}
