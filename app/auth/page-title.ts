/** A page's title with the site's name behind it. @param matches of the page's `meta`; the first is the root's */
export function titled(title: string, matches: readonly ({ loaderData?: unknown } | undefined)[]) {
  const root = matches[0]?.loaderData;
  const siteName = typeof root === "object" && root !== null && "siteName" in root ? String(root.siteName) : "Stoa";
  return [{ title: `${title} · ${siteName}` }];
}
