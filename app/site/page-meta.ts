import type { MetaDescriptor } from "react-router";
import { feedPath, feedTypes } from "#app/syndication/feed.ts";

/** What a page tells those who do not look at it: search engines, and sites that show a link to it. */
export interface PageMeta {
  siteUrl: string;
  siteName: string;
  title: string;
  description: string;
  /** where the page is, without what only changes how it looks */
  path: string;
  type?: "website" | "article" | "profile";
  /** the site's mark where it is left out */
  image?: { path: string; width: number; height: number; alt: string };
  /** a page of posts has a feed beside it */
  feed?: { title: string; path: string };
  /** more of Open Graph, such as `article:published_time` */
  properties?: [property: string, content: string][];
  /** more of the head */
  more?: MetaDescriptor[];
  /** for machines, as JSON-LD */
  data?: Record<string, unknown>[];
}

export function pageMeta(page: PageMeta): MetaDescriptor[] {
  const { siteUrl, siteName, title, description, path, type = "website", image, feed } = page;
  const shown = image ?? { path: "/icon-512.png", width: 512, height: 512, alt: siteName };
  const properties: [string, string][] = [
    ["og:site_name", siteName],
    ["og:type", type],
    ["og:title", title],
    ["og:description", description],
    ["og:url", siteUrl + path],
    ["og:image", siteUrl + shown.path],
    ["og:image:width", String(shown.width)],
    ["og:image:height", String(shown.height)],
    ["og:image:alt", shown.alt],
    ...(page.properties ?? []),
  ];
  return [
    { title: title === siteName ? title : `${title} · ${siteName}` },
    ...(description ? [{ name: "description", content: description }] : []),
    { tagName: "link", rel: "canonical", href: siteUrl + path },
    ...properties.filter(([, content]) => content).map(([property, content]) => ({ property, content })),
    { name: "twitter:card", content: type === "article" ? "summary_large_image" : "summary" },
    ...(feed ? feedLinks(feed, siteUrl) : []),
    ...(page.more ?? []),
    ...(page.data ?? []).map((data) => ({ "script:ld+json": { "@context": "https://schema.org", ...data } })),
  ];
}

function feedLinks({ title, path }: { title: string; path: string }, siteUrl: string): MetaDescriptor[] {
  return (["xml", "json"] as const).map((format) => ({
    tagName: "link",
    rel: "alternate",
    type: feedTypes[format],
    title: `${title} (${format === "xml" ? "Atom" : "JSON Feed"})`,
    href: siteUrl + feedPath(path, format),
  }));
}

/** A list's own address: its later pages have one each, and what else stands in the query means nothing to it. */
export function listAddress(path: string, search: string): string {
  const after = new URLSearchParams(search).get("after");
  return after && /^[\w.~-]{1,80}$/.test(after) ? `${path}?after=${after}` : path;
}

/** The way from the first page to this one. */
export function breadcrumbs(siteUrl: string, steps: [name: string, path: string][]): Record<string, unknown> {
  return {
    "@type": "BreadcrumbList",
    itemListElement: steps.map(([name, path], index) => ({
      "@type": "ListItem",
      position: index + 1,
      name,
      item: siteUrl + path,
    })),
  };
}
