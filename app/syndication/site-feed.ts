import { answerFeed } from "#app/syndication/answer-feed.server.ts";
import { findSiteFeed } from "#app/syndication/feeds.server.ts";
import type { Route } from "./+types/site-feed";

/** What everybody publishes, for readers of feeds: /feed.xml and /feed.json. */
export async function loader({ request, url }: Route.LoaderArgs) {
  return answerFeed(request, url, await findSiteFeed());
}
