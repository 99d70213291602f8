import { readSettings } from "#app/server/env.server.ts";
import { StartError } from "./start-error.ts";

/**
 * Throws a StartError with one line for each wrong setting, before anything slow is done. The
 * address of the bundled database is not known yet; where it is to be used, none need be set.
 */
export function refuseBadSettings(): void {
  try {
    readSettings({ ...process.env, DATABASE_URL: process.env.DATABASE_URL || "postgresql://127.0.0.1/stoa" });
  } catch (error) {
    if (error instanceof Error && "lines" in error && Array.isArray(error.lines)) {
      throw new StartError(error.lines.join("\n"), { cause: error });
    }
    throw error;
  }
}
