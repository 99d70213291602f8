/** The script elements of a page that a browser would run: blocks of JSON are data, and are left alone. */
export function scriptsThatRun(html: string): string[] {
  return (html.match(/<script\b[^>]*>/gi) ?? []).filter((tag) => !/\btype="application\/ld\+json"/.test(tag));
}
