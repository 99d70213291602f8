import { answerDocument } from "#app/server/document.server.ts";
import { settings } from "#app/server/env.server.ts";
import { atomOf } from "#app/syndication/atom.ts";
import { type Feed, type FeedFormat, feedTypes } from "#app/syndication/feed.ts";
import { jsonFeedOf } from "#app/syndication/json-feed.ts";

/** The format that an address asks for by its end. */
export function formatOf({ pathname }: URL): FeedFormat {
  return /\.json\/*$/i.test(pathname) ? "json" : "xml";
}

/** Answers with a feed in the format of the address. The same for everyone: readers of feeds carry no cookie. */
export function answerFeed(request: Request, url: URL, feed: Feed): Response {
  const format = formatOf(url);
  const { siteUrl } = settings();
  return answerDocument(request, format === "xml" ? atomOf(feed, siteUrl) : jsonFeedOf(feed, siteUrl), {
    type: `${feedTypes[format]}; charset=utf-8`,
    lastModified: feed.updatedAt,
    headers: { "X-Robots-Tag": "noindex" },
  });
}
