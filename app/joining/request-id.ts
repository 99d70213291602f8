import { data } from "react-router";

/** The id in an address. @throws a 404 response for what is none */
export function requestIdOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw nothingWaits();
  return Number(text);
}

/** Nobody waits there: they never did, or somebody has decided. */
export function nothingWaits() {
  return data(null, { status: 404, statusText: "Not Found" });
}
