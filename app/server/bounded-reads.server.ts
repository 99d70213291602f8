import pg from "pg";
import type { z } from "zod";
import { openPool } from "#app/server/connections.server.ts";
import { settings } from "#app/server/env.server.ts";

/** What was asked costs more than one request may, or too many ask for the like at the moment. */
export class TooCostly extends Error {}

let currentPool: pg.Pool | undefined;

/**
 * One statement whose cost is decided by what a person typed. Such statements have a few connections of their own and
 * a time limit of their own: however hard they are, nobody else waits for them.
 * @throws TooCostly where it did not end in time
 */
export async function selectBounded<Row>(text: string, values: unknown[], row: z.ZodType<Row>): Promise<Row[]> {
  currentPool ??= openPool(settings().databaseUrl, {
    max: 4,
    statement_timeout: 1_500,
    // Reading a whole table through costs more than the planner thinks where its texts are stored beside it.
    // Two letters that changed places in a word of five leave a fifth of it alike.
    options:
      "-c enable_seqscan=off -c jit=off -c pg_trgm.word_similarity_threshold=0.45 -c pg_trgm.similarity_threshold=0.2",
  });
  // Without a name, so that each statement is planned for its own words.
  const result = await currentPool.query({ text, values }).catch((error: unknown) => {
    if (isOutOfTime(error)) throw new TooCostly("a search took too long", { cause: error });
    throw error;
  });
  return result.rows.map((each: unknown) => row.parse(each));
}

function isOutOfTime(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code === "57014";
  return error instanceof Error && /timeout exceeded when trying to connect|Query read timeout/.test(error.message);
}

export async function closeBoundedReads(): Promise<void> {
  await currentPool?.end();
  currentPool = undefined;
}
