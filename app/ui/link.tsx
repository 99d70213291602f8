import type { ComponentProps } from "react";

type LinkProps = Omit<ComponentProps<"a">, "href"> & { to: string; preventScrollReset?: boolean };

/**
 * A link inside the site: a plain anchor. On a page with scripts `LinkNavigation` follows it without loading a new
 * document; a router's link in its place costs a list of 25 posts more than the rest of the page.
 */
export function Link({ to, preventScrollReset, ...rest }: LinkProps) {
  return <a data-keep-scroll={preventScrollReset || undefined} {...rest} href={to} />;
}
