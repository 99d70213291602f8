import { matchRoutes, type RouteObject, type ServerBuild } from "react-router";
import { expect, test } from "vitest";
import { table } from "#app/guards/table.ts";
import { firstSegment, partOf } from "#app/server/first-segment.server.ts";

const build = (await import("virtual:react-router/server-build")) as ServerBuild;

function treeOf(routes: ServerBuild["routes"], parentId?: string): RouteObject[] {
  return Object.values(routes).flatMap((route) => {
    if (!route || (route.parentId ?? undefined) !== parentId) return [];
    const { id, path, index, caseSensitive } = route;
    // An index route has no children.
    return [{ id, path, index, caseSensitive, children: index ? undefined : treeOf(routes, id) } as RouteObject];
  });
}

const idsOf = (routes: ServerBuild["routes"], pathname: string) =>
  matchRoutes(treeOf(routes), pathname)?.map(({ route }) => route.id);

const addresses = Object.values(table).map(({ url }) => new URL(url, "http://site").pathname);

test("the routes by an address's first segment find what all routes find", () => {
  expect(addresses.length).toBeGreaterThan(200);
  for (const pathname of [...addresses, "/nowhere/at/all", "/p/1/a-slug/too/long", "/admin/nothing"]) {
    const segment = firstSegment(pathname);
    const part = segment === null ? build : partOf(build, segment);
    expect(idsOf(part.routes, pathname), pathname).toEqual(idsOf(build.routes, pathname));
    expect(Object.keys(part.assets.routes).sort()).toEqual(Object.keys(part.routes).sort());
  }
});

test("a page's own part of the routes is small", () => {
  for (const segment of ["", "hot", "healthz", "u"]) {
    expect(Object.keys(partOf(build, segment).routes).length).toBeLessThan(40);
  }
});

test.each([
  ["/", ""],
  ["/?after=x", ""],
  ["/_root.data?index", ""],
  ["/hot.data", "hot"],
  ["/p/1.data", "p"],
  ["/feed.xml", "feed.xml"],
  ["/hot/../p/1", "p"],
  ["/hot/%2e%2e/p/1", "p"],
  ["/HOT", null],
  ["//p/1", null],
  ["/%70/1", null],
  ["/__manifest", null],
])("%s begins with %s", (url, segment) => {
  expect(firstSegment(url)).toBe(segment);
});
