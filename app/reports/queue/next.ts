import { href, redirect } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { findNextCase, parsePlace } from "#app/reports/queue/queue.server.ts";
import type { Route } from "./+types/next";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

/** Leads to the next case that nobody else works on, or to the queue where there is none. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const place = parsePlace(url.searchParams.get("after"));
  const next = (place && (await findNextCase(viewer, place))) ?? (await findNextCase(viewer, null));
  const done = url.searchParams.get("done");
  const query = done ? `?${new URLSearchParams({ done })}` : "";
  throw redirect((next ? href("/moderation/reports/:reportId", { reportId: next }) : href("/moderation")) + query);
}
