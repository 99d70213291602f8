import type { StaticHandlerContext } from "react-router";

/** What a route module may say of its page: `export const handle: PageHandle = { scripts: true }`. */
export interface PageHandle {
  /** the page's forms get scripts, also for visitors; reading pages have none */
  scripts?: boolean;
}

/**
 * Whether a document gets scripts: everything for those signed in, form pages for visitors; nothing that was refused
 * before the root loader ran, see site/root-data.
 */
export function shipsScripts(
  page: Pick<StaticHandlerContext, "loaderData" | "matches">,
  modules: Record<string, { handle?: unknown } | undefined>,
): boolean {
  const root = page.loaderData.root as { viewer: object | null } | undefined; // the root loader's own shape
  return (
    root !== undefined &&
    (root.viewer !== null || page.matches.some((match) => asksForScripts(modules[match.route.id]?.handle)))
  );
}

export function asksForScripts(handle: unknown): boolean {
  return typeof handle === "object" && handle !== null && "scripts" in handle && handle.scripts === true;
}
