import { databaseAnswers } from "#app/server/database.server.ts";

let shuttingDown = false;

/** From now on /readyz says no, so that nobody sends new requests; those in flight finish. */
export function beginShutdown(): void {
  shuttingDown = true;
}

export function isShuttingDown(): boolean {
  return shuttingDown;
}

/** Whether this process can serve: the database answers, and the process is not about to stop. */
export async function isReady(): Promise<boolean> {
  return !shuttingDown && (await databaseAnswers());
}
