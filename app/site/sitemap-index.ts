import { listSitemapParts } from "#app/site/sitemap.server.ts";
import { answerSitemapIndex } from "#app/site/sitemap-document.server.ts";
import type { Route } from "./+types/sitemap-index";

/** Where search engines find the parts of the sitemap; robots.txt names this address. */
export async function loader({ request }: Route.LoaderArgs) {
  return answerSitemapIndex(request, await listSitemapParts());
}
