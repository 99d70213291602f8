import { data } from "react-router";

/** Whether the time to set a second factor up is over. @param due ISO; null where none is needed */
export function isOverdue(due: string | null): boolean {
  return due !== null && Date.parse(due) <= Date.now();
}

/** What somebody is answered whose work for the site needs a second factor that they do not have. */
export function factorMissing() {
  return data({ factorMissing: true }, { status: 403, statusText: "Forbidden" });
}

export function isFactorMissing(thrown: unknown): boolean {
  return typeof thrown === "object" && thrown !== null && "factorMissing" in thrown;
}
