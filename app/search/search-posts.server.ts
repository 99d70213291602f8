import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { feedRow, toFeedPost } from "#app/posts/posts.server.ts";
import { formatPlace, type Place } from "#app/search/place.ts";
import type { SearchQuery } from "#app/search/query.ts";
import { type FoundPost, maxRanked, type PostResults, parseMarks, showCuts } from "#app/search/search.ts";
import { searchSql } from "#app/search/search-sql.server.ts";
import { suggestQuery } from "#app/search/suggestion.ts";
import { selectBounded } from "#app/server/bounded-reads.server.ts";

/** Posts on one page of a search. */
export const searchPageSize = 25;

/**
 * One page of the posts that match, best first, in one statement; see `searchSql`.
 * @param after a place of an earlier page: what was published since is left out, and ages are counted from then
 * @throws TooCostly where it did not end in time
 */
export async function searchPosts(
  query: SearchQuery,
  viewer: Viewer | null,
  after: Place | null,
): Promise<PostResults> {
  const at = after?.at ?? new Date();
  const { text, values } = searchSql(query, { viewerId: viewer?.id ?? null, at, after, limit: searchPageSize + 1 });
  const rows = await selectBounded(text, values, z.looseObject({ id: z.number().nullable() }));
  const { count, looked, unknownAuthors, knownTags, spellings } = summaryRow.parse(rows[0]);
  const found = rows.filter(({ id }) => id !== null).map((row) => foundRow.parse(row));
  const last = found[searchPageSize - 1];
  const close = found.some((row) => row.close);
  return {
    posts: found.slice(0, searchPageSize).map(toFoundPost),
    next: found.length > searchPageSize && last ? formatPlace({ at, score: last.score, id: last.id }) : null,
    count,
    bounded: looked === maxRanked,
    unknownAuthors,
    tags: knownTags ?? [],
    close,
    suggestion: spellings && suggestQuery(query, spellings),
  };
}

const summaryRow = z.object({
  count: z.number(),
  looked: z.number(),
  unknownAuthors: z.array(z.string()),
  knownTags: z.array(z.object({ name: z.string(), postCount: z.number() })).nullable(),
  spellings: z.array(z.object({ typed: z.string(), known: z.array(z.string()) })).nullable(),
});

const foundRow = feedRow.extend({
  score: z.number(),
  close: z.boolean(),
  markedTitle: z.string(),
  snippet: z.string().nullable(),
});

function toFoundPost({ score: _, close: __, markedTitle, snippet, ...row }: z.infer<typeof foundRow>): FoundPost {
  const marked = parseMarks(snippet ?? "");
  return {
    ...toFeedPost(row),
    markedTitle: parseMarks(markedTitle),
    // Found by its title or its tags alone: then the text begins where it begins.
    snippet: marked.some(({ found }) => found) ? showCuts(marked, row.excerpt) : null,
  };
}
