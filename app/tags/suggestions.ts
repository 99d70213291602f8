import { spend } from "#app/middleware/rate-limit.ts";
import { suggestTags } from "#app/tags/tags.server.ts";
import type { Route } from "./+types/suggestions";

/** JSON for the editor's field: the tags that begin with `q`. */
export async function loader({ url }: Route.LoaderArgs) {
  await spend("tag-look-up");
  const tags = await suggestTags(url.searchParams.get("q") ?? "");
  return Response.json({ tags }, { headers: { "Cache-Control": "public, max-age=60" } });
}
