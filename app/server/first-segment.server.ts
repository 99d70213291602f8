import type { RequestListener } from "node:http";
import type { ServerBuild } from "react-router";

type Routes = ServerBuild["routes"];

/**
 * Gives each address to a router that knows only the routes which can match it, by its first segment: React Router
 * compares an address with every route there is, several times a request, and with 240 of them that was a fifth of the
 * time of a small answer. The parts are made when they are asked for first; an address in an odd spelling, and one of
 * which no route begins so, goes to the router that knows all.
 */
export function listenByFirstSegment(
  build: ServerBuild,
  listen: (build: ServerBuild) => RequestListener,
): RequestListener {
  const whole = listen(build);
  const known = new Set(Object.keys(build.routes).map((id) => firstOf(fullPath(build.routes, id))));
  const parts = new Map<string, RequestListener>();
  return (request, response) => {
    const segment = firstSegment(request.url ?? "");
    if (segment === null || !known.has(segment)) return whole(request, response);
    let part = parts.get(segment);
    if (!part) {
      part = listen(partOf(build, segment));
      parts.set(segment, part);
    }
    return part(request, response);
  };
}

/** The first segment of an address that is spelled as the site's own links are; null for other spellings. */
export function firstSegment(url: string): string | null {
  const { pathname } = new URL(`http://site${url}`);
  if (pathname === "/" || pathname === "/_root.data") return "";
  return /^\/([a-z0-9.-]+?)(?:\.data)?(?:\/|$)/.exec(pathname)?.[1] ?? null;
}

/** The build with the routes that an address with this first segment can match, and with what the browser needs of them. */
export function partOf(build: ServerBuild, segment: string): ServerBuild {
  const fits = (id: string) => {
    const first = firstOf(fullPath(build.routes, id));
    return first === "" || first === segment || /^[:*]/.test(first);
  };
  const ids = Object.keys(build.routes).filter(fits);
  const parents = new Set(ids.map((id) => build.routes[id]?.parentId));
  // A layout without any of its pages would be taken for a page itself.
  const kept = ids.filter((id) => isPage(build.routes[id]) || parents.has(id));
  return {
    ...build,
    routes: pick(build.routes, kept),
    assets: { ...build.assets, routes: pick(build.assets.routes, kept) },
  };
}

function isPage(route: Routes[string]): boolean {
  return route?.index === true || route?.path !== undefined;
}

function fullPath(routes: Routes, id: string): string {
  const route = routes[id];
  const above = route?.parentId ? fullPath(routes, route.parentId) : "";
  return [above, route?.path].filter(Boolean).join("/");
}

function firstOf(path: string): string {
  return path.split("/")[0] ?? "";
}

function pick<Value>(from: Record<string, Value>, keys: string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
}
