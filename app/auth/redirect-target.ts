const base = "http://site.invalid";

/** Where somebody goes after coming in: the page on this site that they asked for, or the feed. */
export function redirectTarget(asked: unknown): string {
  if (typeof asked !== "string" || !/^\/(?![/\\])[^\p{C}\\]*$/u.test(asked) || !URL.canParse(asked, base)) return "/";
  const url = new URL(asked, base);
  if (url.origin !== base || /^\/(\/|sign-(in|out)|join|setup)/.test(url.pathname)) return "/";
  return url.pathname + url.search + url.hash;
}
