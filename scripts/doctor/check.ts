import { z } from "zod";
import type { Settings } from "#app/server/env.server.ts";

/** Sends a statement to the database that is examined and gives its rows. */
export type Query = (text: string, values?: unknown[]) => Promise<unknown[]>;

export interface Patient {
  /** every statement sees the same moment */
  query: Query;
  /** null where they cannot be read */
  settings: Settings | null;
  /** why, one line each */
  settingsProblems: string[];
  /** hashes that an operator has kept of the registers' ends */
  keptHashes: string[];
}

export interface Finding {
  /** how many were looked at, or null where counting says nothing */
  of: number | null;
  /** how many of them are not as they should be, and the first of these by their ids or in words */
  broken: number;
  first: string[];
  /** what else there is to say */
  note?: string;
}

/** Something that must hold on every site, and what to do where it does not. */
export interface Check {
  /** for machines, and for good */
  id: string;
  says: string;
  advice: string;
  look(patient: Patient): Promise<Finding>;
}

/** How many ids a line names. */
export const named = 5;

/** A check that counts the rows of a statement, whose first column says which row it is. */
export function rowsCheck(check: Omit<Check, "look"> & { of: string; broken: string }): Check {
  const { of, broken, ...rest } = check;
  return {
    ...rest,
    async look({ query }) {
      const [total] = counts.parse(await query(`select count(*)::int as count from ${of}`));
      return { of: total?.count ?? 0, ...(await countRows(query, broken)) };
    },
  };
}

/** The number of rows that a statement gives, and the first of them by their first column. */
export async function countRows(query: Query, statement: string): Promise<Pick<Finding, "broken" | "first">> {
  const [found] = counts.parse(
    await query(
      `select count(*)::int as count, (array_agg(id::text))[1:${named}] as first from (${statement}) broken (id)`,
    ),
  );
  return { broken: found?.count ?? 0, first: found?.first ?? [] };
}

const counts = z.array(z.object({ count: z.number(), first: z.array(z.string()).nullish() }));

/** The finding of a list of problems in words. */
export function listed(of: number | null, problems: string[], note?: string): Finding {
  return { of, broken: problems.length, first: problems.slice(0, named), note };
}
