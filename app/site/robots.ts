import { answerDocument } from "#app/server/document.server.ts";
import { settings } from "#app/server/env.server.ts";
import { closedToRobots } from "#app/site/search-engines.ts";
import type { Route } from "./+types/robots";

/** Everything that visitors read may be indexed; forms, settings and staff pages need not be. */
export function loader({ request }: Route.LoaderArgs) {
  const lines = [
    "User-agent: *",
    ...closedToRobots.map((path) => `Disallow: ${path}`),
    "",
    `Sitemap: ${settings().siteUrl}/sitemap.xml`,
  ];
  return answerDocument(request, `${lines.join("\n")}\n`, { type: "text/plain; charset=utf-8" });
}
