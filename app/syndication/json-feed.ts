import { contentOf } from "#app/syndication/atom.ts";
import { entryAddress, type Feed, type FeedEntry, feedPath, permalinkOf, summaryOf } from "#app/syndication/feed.ts";
import { isGone, userPath } from "#app/users/user.ts";

/** A feed as JSON Feed 1.1 (jsonfeed.org/version/1.1). */
export function jsonFeedOf(feed: Feed, siteUrl: string): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    description: feed.subtitle,
    home_page_url: siteUrl + feed.path,
    feed_url: siteUrl + feedPath(feed.path, "json"),
    icon: `${siteUrl}/icon-512.png`,
    favicon: `${siteUrl}/icon-192.png`,
    language: "en",
    items: feed.entries.map((entry) => itemOf(entry, siteUrl)),
  });
}

function itemOf(entry: FeedEntry, siteUrl: string) {
  const { author } = entry;
  const html = contentOf(entry, siteUrl);
  const summary = summaryOf(entry);
  return {
    id: permalinkOf(siteUrl, entry),
    url: entryAddress(siteUrl, entry),
    ...(entry.url && { external_url: entry.url }),
    title: entry.title,
    ...(html === null ? { content_text: summary } : { content_html: html }),
    ...(summary && { summary }),
    date_published: entry.publishedAt.toISOString(),
    date_modified: entry.updatedAt.toISOString(),
    authors: [
      {
        name: author.name,
        ...(!isGone(author.username) && { url: siteUrl + userPath(author.username) }),
        avatar: siteUrl + author.avatar,
      },
    ],
    ...(entry.tags.length > 0 && { tags: entry.tags }),
  };
}
