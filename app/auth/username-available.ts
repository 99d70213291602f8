import { findUsernameProblem, listFreeUsernames } from "#app/auth/usernames.server.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import type { Route } from "./+types/username-available";

/**
 * Whether a username is free now: `{ available, reason?, suggestions? }`. `from`, a person's name, asks for
 * suggestions made of it. The last word has the unique index when the form is sent.
 */
export async function loader({ url }: Route.LoaderArgs) {
  await spend("username-look-up");
  const username = (url.searchParams.get("username") ?? "").trim().slice(0, 100);
  const from = (url.searchParams.get("from") ?? "").slice(0, 100);
  const reason = await findUsernameProblem(username);
  const suggestions = reason || from ? await listFreeUsernames(from, username) : undefined;
  return Response.json(
    { available: reason === null, ...(reason && { reason }), ...(suggestions && { suggestions }) },
    { headers: { "Cache-Control": "no-store" } },
  );
}
