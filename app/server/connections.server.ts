import type { Duplex } from "node:stream";
import pg from "pg";
import { log } from "#app/server/log.server.ts";
import { type RequestScope, requestScope } from "#app/server/request-scope.server.ts";

/**
 * Connections to a database that count what each request sends, and wait for an answer no longer than a person would.
 * @param bounds in place of the usual ones
 */
export function openPool(
  connectionString: string,
  bounds: Pick<pg.PoolConfig, "max" | "statement_timeout" | "options"> = {},
): pg.Pool {
  const pool = new ContextPool({
    connectionString,
    max: 20,
    connectionTimeoutMillis: patienceMs,
    statement_timeout: statementTimeoutMs,
    ...bounds,
    // For a server that does not even count its own time any more.
    query_timeout: patienceMs,
    idle_in_transaction_session_timeout: 30_000,
    idleTimeoutMillis: 60_000,
    application_name: "stoa",
    // `Client` is a documented option of pg-pool that @types/pg leaves out.
    ...({ Client: ObservedClient } as object),
  });
  pool.on("error", (error) => log.warn({ err: error }, "a database connection broke"));
  // The pool listens to the connections that nobody uses. One that breaks while somebody does would end the process:
  // whoever waits for its answer hears of it anyway.
  pool.on("connect", (client) => client.on("error", () => undefined));
  // A COMMIT or ROLLBACK that never arrived leaves its transaction open. Nobody may go on inside it.
  pool.on("release", (_error, client) => {
    if (client.getTransactionStatus() !== "I") client.end().catch(() => undefined);
  });
  return pool;
}

/** A database that has not answered a request for this long counts as down: it is told within 5 s. */
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
      if (typeof args[0] === "object") args[0].query_timeout = patienceLeft();
    }
    // biome-ignore lint/suspicious/noExplicitAny: the signature is pg's
    const result = (super.query as any)(...args);
    if (result instanceof Promise) {
      result.then(
        () => answered(scope),
        (error) => {
          // After the server's own error the connection is fine. After a time-out nobody knows what it still does, and
          // a ROLLBACK that waits behind it may never be sent: only the end of the connection ends its transaction.
          if (error instanceof pg.DatabaseError) answered(scope);
          else this.breakOff();
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
