import { data } from "react-router";
import type { AskedOf } from "#app/auth/strangers/stranger.ts";

/** The answer to a stranger who is asked to work or to wait first. */
export function askingAnswer(asking: { asked: AskedOf; again?: "true" | undefined }) {
  const { asked, again } = asking;
  return data({ asked, again: again === "true" }, { status: 429, headers: { "Retry-After": "60" } });
}
