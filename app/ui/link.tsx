import type { ComponentProps } from "react";
import { Link as RouterLink } from "react-router";
import { useScripts } from "#app/ui/scripts-context.ts";

type LinkProps = Omit<ComponentProps<"a">, "href"> & {
  to: string;
  prefetch?: "intent" | "none";
  replace?: boolean;
  preventScrollReset?: boolean;
};

/** A link inside the site. On a page without scripts it is a plain anchor, a tenth of a router link's cost. */
export function Link({ to, prefetch = "intent", replace, preventScrollReset, ...rest }: LinkProps) {
  if (!useScripts()) return <a href={to} {...rest} />;
  return <RouterLink to={to} prefetch={prefetch} replace={replace} preventScrollReset={preventScrollReset} {...rest} />;
}
