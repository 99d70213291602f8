import { hostOf } from "#app/posts/post.ts";
import {
  entryAddress,
  type Feed,
  type FeedEntry,
  feedPath,
  feedTypes,
  permalinkOf,
  summaryOf,
} from "#app/syndication/feed.ts";
import { readableHtml } from "#app/syndication/readable-html.ts";
import { escapeXml, xml, xmlDocument } from "#app/syndication/xml.ts";
import { isGone, userPath } from "#app/users/user.ts";

/** A feed as Atom (RFC 4287). */
export function atomOf(feed: Feed, siteUrl: string): string {
  const self = siteUrl + feedPath(feed.path, "xml");
  return xmlDocument(xml`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>${self}</id>
<title>${feed.title}</title>
<subtitle>${feed.subtitle}</subtitle>
<updated>${feed.updatedAt.toISOString()}</updated>
<link rel="self" type="${feedTypes.xml}" href="${self}"/>
<link rel="alternate" type="text/html" href="${siteUrl + feed.path}"/>
<link rel="alternate" type="${feedTypes.json}" href="${siteUrl + feedPath(feed.path, "json")}"/>
<icon>${siteUrl}/icon-192.png</icon>
${feed.entries.map((entry) => atomEntry(entry, siteUrl))}</feed>`);
}

function atomEntry(entry: FeedEntry, siteUrl: string) {
  const html = contentOf(entry, siteUrl);
  return xml`<entry>
<id>${permalinkOf(siteUrl, entry)}</id>
<title>${entry.title}</title>
<published>${entry.publishedAt.toISOString()}</published>
<updated>${entry.updatedAt.toISOString()}</updated>
<author><name>${entry.author.name}</name>${isGone(entry.author.username) ? "" : `<uri>${siteUrl + userPath(entry.author.username)}</uri>`}</author>
<link rel="alternate" type="text/html" href="${entryAddress(siteUrl, entry)}"/>
${entry.url && xml`<link rel="related" href="${entry.url}"/>\n`}${entry.tags.map((tag) => xml`<category term="${tag}"/>\n`)}<summary>${summaryOf(entry)}</summary>
${html === null ? null : xml`<content type="html">${html}</content>\n`}</entry>
`;
}

/** The text of an entry for readers elsewhere, with the link that it is about; null where there is none to show. */
export function contentOf({ html, url, ...entry }: FeedEntry, siteUrl: string): string | null {
  if (html === null) return null;
  const link = url ? `<p><a href="${escapeXml(url)}">${escapeXml(hostOf(url))}</a></p>\n` : "";
  return link + readableHtml(html, { siteUrl, permalink: escapeXml(entryAddress(siteUrl, { html, url, ...entry })) });
}
