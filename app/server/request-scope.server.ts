import { AsyncLocalStorage } from "node:async_hooks";

/** What one request carries through every layer without being passed along. */
export interface RequestScope {
  id: string;
  /** the person's address, seen through trusted proxies only */
  clientAddress: string;
  /** the text of each SQL statement sent for this request, in order */
  statements: string[];
  /** since when the database has not answered this request, of `performance.now()`; unset while it does */
  waitingSince?: number;
  /** called before each statement; a test throws from it to see what a failure leaves behind */
  beforeStatement?: (text: string, index: number) => void;
}

const storage = new AsyncLocalStorage<RequestScope>();

/** Runs `work` with its own scope; everything that it awaits sees the same scope. */
export function withRequestScope<T>(scope: RequestScope, work: () => T): T {
  return storage.run(scope, work);
}

export function requestScope(): RequestScope | undefined {
  return storage.getStore();
}

/** Runs what the process does for itself, whichever request happened to cause it. */
export function outsideRequests<T>(work: () => T): T {
  return storage.exit(work);
}
