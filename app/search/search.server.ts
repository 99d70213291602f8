import type { Viewer } from "#app/auth/viewer.ts";
import { parsePlace } from "#app/search/place.ts";
import { isEmpty, type SearchQuery } from "#app/search/query.ts";
import type { SearchResults } from "#app/search/search.ts";
import { parsePersonPlace, peopleAbove, searchPeople } from "#app/search/search-people.server.ts";
import { searchPosts } from "#app/search/search-posts.server.ts";
import { TooCostly } from "#app/server/bounded-reads.server.ts";

interface Asked {
  onlyPeople: boolean;
  /** the cursor of a further page */
  after: string | null;
}

/** What a search finds: posts with a few people above them, or people alone. Never an error for what was typed. */
export async function search(
  query: SearchQuery,
  viewer: Viewer | null,
  { onlyPeople, after }: Asked,
): Promise<SearchResults> {
  if (isEmpty(query)) return { outcome: "nothing-asked" };
  try {
    if (onlyPeople) return { outcome: "people", ...(await searchPeople(query, viewer, parsePersonPlace(after))) };
    const place = parsePlace(after);
    const [posts, people] = await Promise.all([
      searchPosts(query, viewer, place),
      place ? null : searchPeople(query, viewer, null, peopleAbove),
    ]);
    return { outcome: "posts", ...posts, people };
  } catch (error) {
    if (error instanceof TooCostly) return { outcome: "too-costly" };
    throw error;
  }
}
