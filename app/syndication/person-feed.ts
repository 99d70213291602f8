import { redirect } from "react-router";
import { leadOnOrNowhere } from "#app/auth/account/rename.server.ts";
import { answerFeed, formatOf } from "#app/syndication/answer-feed.server.ts";
import { feedPath } from "#app/syndication/feed.ts";
import { findPersonFeed } from "#app/syndication/feeds.server.ts";
import { userPath } from "#app/users/user.ts";
import type { Route } from "./+types/person-feed";

/** What one person publishes, for readers of feeds. */
export async function loader({ request, params, url }: Route.LoaderArgs) {
  const feed = await findPersonFeed(params.username);
  if (!feed) {
    return leadOnOrNowhere(params.username, (username) => feedPath(userPath(username), formatOf(url)));
  }
  if (feed.username !== params.username) throw redirect(feedPath(feed.path, formatOf(url)), 301);
  return answerFeed(request, url, feed);
}
