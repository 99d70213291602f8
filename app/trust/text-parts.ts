/** What a rendered text carries: the targets of its links to other places, and its pictures. */
export interface TextParts {
  links: Set<string>;
  images: Set<string>;
}

/** @param siteUrl links to the site itself are no links to other places */
export function partsOf(html: string, siteUrl: string): TextParts {
  const links = [...html.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map(([, href = ""]) => href);
  const images = [...html.matchAll(/<img\s[^>]*?src="([^"]*)"/g)].map(([, src = ""]) => src);
  return { links: new Set(links.filter((link) => isElsewhere(link, siteUrl))), images: new Set(images) };
}

export function isElsewhere(link: string, siteUrl: string): boolean {
  if (!/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(link)) return false;
  return link !== siteUrl && !link.startsWith(`${siteUrl}/`);
}
