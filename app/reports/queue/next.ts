import { href, redirect } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { findNextCase, parsePlace } from "#app/reports/queue/queue.server.ts";
import { casePath, parseQueueFilter, withFilter } from "#app/reports/queue/queue-filter.ts";
import type { Route } from "./+types/next";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

/** Leads to the next case of the filter that nobody else works on, or to the queue where there is none. */
export async function loader({ context, url: { searchParams } }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const filter = parseQueueFilter(searchParams);
  const place = parsePlace(searchParams.get("after"));
  const next = (place && (await findNextCase(viewer, filter, place))) ?? (await findNextCase(viewer, filter, null));
  const done = searchParams.get("done");
  const more: Record<string, string> = done ? { done } : {};
  throw redirect(next ? casePath(next, filter, more) : withFilter(href("/moderation"), filter, more));
}
