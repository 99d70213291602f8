import { z } from "zod";
import { parseUserSearch, queryOf } from "#app/admin/user-search.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { inTransaction, select } from "#app/server/database.server.ts";

/** Searches that somebody keeps. */
const mostFilters = 20;

export interface SavedFilterLine {
  id: string;
  name: string;
  /** the query of the list's address */
  query: string;
}

export function listFilters(viewer: Viewer): Promise<SavedFilterLine[]> {
  return select(
    "saved-filters",
    "select id::text, name, query from saved_filters where user_id = $1::uuid order by lower(name), name",
    [viewer.id],
    z.object({ id: z.string(), name: z.string(), query: z.string() }),
  );
}

/** Keeps a search by a name; one of the same name is replaced. Returns false where there are too many. */
export function saveFilter(viewer: Viewer, name: string, query: string): Promise<boolean> {
  // Only what the list understands is kept.
  const kept = queryOf(parseUserSearch(new URLSearchParams(query))).toString();
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const others = await tx.savedFilter.count({ where: { userId: viewer.id, name: { not: name } } });
    if (others >= mostFilters) return false;
    await tx.savedFilter.upsert({
      where: { userId_name: { userId: viewer.id, name } },
      create: { userId: viewer.id, name, query: kept },
      update: { query: kept },
      select: { id: true },
    });
    return true;
  });
}

/** Returns false where the viewer has no such filter. */
export function removeFilter(viewer: Viewer, id: string): Promise<boolean> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const { count } = await tx.savedFilter.deleteMany({ where: { id, userId: viewer.id } });
    return count > 0;
  });
}
