import { listPeopleInPart, listPlaces, listPostsInPart, type SitemapEntry } from "#app/site/sitemap.server.ts";
import { answerSitemap } from "#app/site/sitemap-document.server.ts";
import { parseCursor } from "#app/ui/cursor.ts";
import type { Route } from "./+types/sitemap";

/** One part of the sitemap; one without anything in it does not exist. */
export async function loader({ request, params }: Route.LoaderArgs) {
  const entries = await listPart(params.kind, /^(.{1,60})\.xml$/.exec(params.chunk)?.[1] ?? "");
  return entries.length > 0 ? answerSitemap(request, entries) : new Response(null, { status: 404 });
}

async function listPart(kind: string, part: string): Promise<SitemapEntry[]> {
  if (kind === "posts" && /^(0|[1-9]\d{0,6})$/.test(part) && Number(part) < 2_147_483)
    return listPostsInPart(Number(part));
  if (kind === "pages" && part === "0") return listPlaces();
  const from = kind === "people" ? parseCursor(part, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) : null;
  return from ? listPeopleInPart(from) : [];
}
