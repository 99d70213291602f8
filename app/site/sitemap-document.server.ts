import { answerDocument } from "#app/server/document.server.ts";
import { settings } from "#app/server/env.server.ts";
import type { SitemapEntry } from "#app/site/sitemap.server.ts";
import { xml, xmlDocument } from "#app/syndication/xml.ts";

const namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

/** Answers with the parts of the sitemap. */
export function answerSitemapIndex(request: Request, parts: SitemapEntry[]): Response {
  const list = parts.map((part) => xml`<sitemap>${placeOf(part)}</sitemap>\n`);
  return answerXml(request, xmlDocument(xml`<sitemapindex xmlns="${namespace}">\n${list}</sitemapindex>`), parts);
}

/** Answers with one part of the sitemap. */
export function answerSitemap(request: Request, entries: SitemapEntry[]): Response {
  const list = entries.map((entry) => xml`<url>${placeOf(entry)}</url>\n`);
  return answerXml(request, xmlDocument(xml`<urlset xmlns="${namespace}">\n${list}</urlset>`), entries);
}

function placeOf({ path, changedAt }: SitemapEntry) {
  return xml`<loc>${settings().siteUrl + path}</loc>${changedAt && xml`<lastmod>${changedAt.toISOString()}</lastmod>`}`;
}

function answerXml(request: Request, body: string, entries: SitemapEntry[]): Response {
  const times = entries.flatMap(({ changedAt }) => changedAt?.getTime() ?? []);
  const newest = times.reduce((latest, time) => Math.max(latest, time), 0);
  return answerDocument(request, body, {
    type: "application/xml; charset=utf-8",
    lastModified: newest ? new Date(newest) : undefined,
    headers: { "X-Robots-Tag": "noindex" },
  });
}
